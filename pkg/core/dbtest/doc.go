// Package dbtest gives each test a database of its own, on both engines. Only tests import it.
//
//	func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }
//
//	func TestVendor_hiddenFromStrangers(t *testing.T) {
//		dbtest.Each(t, func(t *testing.T, db *bun.DB) { … })
//	}
//
// PostgreSQL is the server that OMNISTOCK_TEST_DATABASE_URL names, where databases may be created, or else one that
// Docker runs for this test binary, of the image OMNISTOCK_TEST_POSTGRES_IMAGE (postgres:15-alpine). A test that needs
// PostgreSQL where there is none fails: it is never skipped.
package dbtest
