"""The account in the browser: pages rendered here, with no template engine and nothing from other people's servers."""
