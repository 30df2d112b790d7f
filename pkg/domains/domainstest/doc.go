// Package domainstest gives tests a shop: an owner with a vendor and its default store, as a client of an app with all
// domains. Only tests import it.
//
//	func TestCount_ofAnotherStore(t *testing.T) {
//		domainstest.Each(t, func(t *testing.T, s *domainstest.Shop) {
//			annex := s.OpenStore(t, "Annex")
//			…
//		})
//	}
package domainstest
