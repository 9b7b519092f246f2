"""Files, folders, tables and addresses, without knowledge of cities."""
