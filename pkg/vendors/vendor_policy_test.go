package vendors

import (
	"fmt"
	"strings"
	"testing"
)

func TestVendorPolicy(t *testing.T) {
	const vendor, store = 7, 70
	access := map[int64]AccessRole{}
	rules := []struct {
		name    string
		allowed func(a Affiliation) bool
		roles   string // those to whom it is allowed
	}{
		{"see", func(a Affiliation) bool { return a.maySee(vendor) }, "owner admin manager member staff billing viewer none"},
		{"change", func(a Affiliation) bool { return a.mayChange(vendor) }, "owner admin manager member staff"},
		{"delete", func(a Affiliation) bool { return a.mayDelete(vendor) }, "owner"},
		{"run", func(a Affiliation) bool { return a.mayRun(vendor) }, "owner admin"},
		{"read store", func(a Affiliation) bool { return a.MayReadStore(store) }, "owner admin"},
		{"write store", func(a Affiliation) bool { return a.MayWriteStore(store) }, "owner admin"},
		{"see another", func(a Affiliation) bool { return a.maySee(vendor + 1) }, ""},
		{"change another", func(a Affiliation) bool { return a.mayChange(vendor + 1) }, ""},
		{"delete another", func(a Affiliation) bool { return a.mayDelete(vendor + 1) }, ""},
		{"run another", func(a Affiliation) bool { return a.mayRun(vendor + 1) }, ""},
	}
	for _, rule := range rules {
		for _, role := range append(strings.Fields("owner admin manager member staff billing viewer"), "none") {
			a := Affiliation{VendorID: vendor, MemberID: 1, Role: Role(role), access: access}
			if role == "none" {
				a.Role, a.MemberID = "", 0
			}
			want := strings.Contains(" "+rule.roles+" ", " "+role+" ")
			if got := rule.allowed(a); got != want {
				t.Errorf("%s as %s = %t, want %t", rule.name, role, got, want)
			}
		}
		if rule.allowed(Affiliation{}) {
			t.Errorf("%s is allowed to who works for no vendor", rule.name)
		}
	}
}

func TestStorePolicy_ofMembersWithAccess(t *testing.T) {
	for access, want := range map[AccessRole]string{
		AccessManager: "read true, write true", AccessSales: "read true, write true",
		AccessViewOnly: "read true, write false", "": "read false, write false",
	} {
		a := Affiliation{VendorID: 7, MemberID: 1, Role: RoleStaff, access: map[int64]AccessRole{70: access}}
		if got := fmt.Sprintf("read %t, write %t", a.MayReadStore(70), a.MayWriteStore(70)); got != want {
			t.Errorf("access %q: %s, want %s", access, got, want)
		}
		if a.MayReadStore(71) || a.MayWriteStore(71) {
			t.Errorf("access %q opens another store", access)
		}
	}
}
