"""Text becomes e-mails and phones; valid rows become records and link candidates."""
