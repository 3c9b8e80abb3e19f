"""Letters: a batch is made, noted as sent, and taken back."""
