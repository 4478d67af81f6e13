"""The page's template; a package so that a built distribution carries it."""
