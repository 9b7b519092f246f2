"""From records, registers and entities to claims."""
