package users

import "github.com/omni-stock/omnistock/pkg/core"

// completeProfileRequest is the form with which an invited person takes over their account. Null leaves a field as it
// is.
type completeProfileRequest struct {
	Username    string                   `json:"username" field:"required,max=150" help:"Must be unique."`
	Password    string                   `json:"password" field:"required,min=8,max=128"`
	CompanyName core.Optional[string]    `json:"company_name" field:"null,blank,max=255"`
	CompanyCode core.Optional[string]    `json:"company_code" field:"null,blank,max=40"`
	CompanySite core.Optional[string]    `json:"company_site" field:"null,blank,url,max=200"`
	PhoneNumber core.Optional[string]    `json:"phone_number" field:"null,blank,max=20"`
	Birthdate   core.Optional[core.Date] `json:"birthdate" field:"null"`
	Role        core.Optional[Role]      `json:"role" help:"What the user is. Nobody can make themselves an administrator."`
}

// problems says what is wrong with the input for the user as they were.
func (in completeProfileRequest) problems(u *User) core.Fields {
	wrong := core.Fields{}
	if in.Role.Value == RoleAdmin && u.Role != RoleAdmin {
		wrong.Add("role", "You cannot give yourself this role.")
	}
	renamed := *u
	renamed.Username = in.Username
	addPasswordProblems(wrong, "password", in.Password, &renamed)
	return wrong
}

// applyTo changes u, but for the password, and returns the names of the columns to write.
func (in completeProfileRequest) applyTo(u *User) []string {
	u.Username, u.ProfileCompleted = in.Username, true
	c := columns{"username", "profile_completed"}
	c.add("company_name", setValue(in.CompanyName, &u.CompanyName))
	c.add("company_code", setValue(in.CompanyCode, &u.CompanyCode))
	c.add("company_site", setValue(in.CompanySite, &u.CompanySite))
	c.add("phone_number", setValue(in.PhoneNumber, &u.PhoneNumber))
	c.add("birthdate", setValue(in.Birthdate, &u.Birthdate))
	c.add("role", in.Role.Set(&u.Role))
	return c
}
