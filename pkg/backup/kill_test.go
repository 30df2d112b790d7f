package backup_test

const restoreVariable = "OMNISTOCK_TEST_RESTORE"

func restoreMain(string) int { return 0 }
