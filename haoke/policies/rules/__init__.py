"""Pure decisions about policies and working time: no database, no clock."""
