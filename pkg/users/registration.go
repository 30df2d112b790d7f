package users

import (
	"time"

	"github.com/omni-stock/omnistock/pkg/core"
)

// adultAge is how old one has to be to register, in years.
const adultAge = 18

type registerRequest struct {
	Username    string    `json:"username" field:"required,max=150" help:"Any text. Case counts."`
	Email       string    `json:"email" field:"required,email,max=254"`
	Password    string    `json:"password" field:"required,min=8,max=128"`
	Birthdate   core.Date `json:"birthdate" field:"required" help:"Users must be at least 18 years old."`
	CompanyName string    `json:"company_name" field:"blank,max=255" help:"Optional vendor or company name shown in the app."`
	CompanyCode string    `json:"company_code" field:"blank,max=40" help:"Optional invite code to join an existing company."`
}

// birthdateProblem says why somebody born on that day may not register today.
func birthdateProblem(born, today core.Date) string {
	switch {
	case today.Before(born):
		return "Birthdate cannot be in the future."
	case today.Before(born.AddYears(adultAge)):
		return "Users must be at least 18 years old."
	}
	return ""
}

// newUser makes the account of a person who came by themselves.
func (in registerRequest) newUser(encoded string, now time.Time) *User {
	return &User{
		Username: in.Username, Email: in.Email, Password: encoded, IsActive: true, DateJoined: now,
		Birthdate: &in.Birthdate, CompanyName: textOrNil(in.CompanyName), CompanyCode: textOrNil(in.CompanyCode),
		Role: RoleSolo, ProfileCompleted: true,
	}
}

func textOrNil(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

type checkEmailRequest struct {
	Email string `json:"email" field:"required,email,max=254"`
}
