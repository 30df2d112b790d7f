package users

import (
	"github.com/omni-stock/omnistock/pkg/core"
)

// An Account is a user with their profile and workplace.
type Account struct {
	User      *User // without its Profile
	Profile   *Profile
	Workplace Workplace
}

// updateProfileRequest changes an account. Null leaves a field as it is, but clears the vendor and an image.
type updateProfileRequest struct {
	Username          core.Optional[string]    `json:"username" field:"max=150" help:"Must be unique."`
	Email             core.Optional[string]    `json:"email" field:"email,max=254" help:"Must be unique."`
	FirstName         core.Optional[string]    `json:"first_name" field:"null,blank,max=150"`
	LastName          core.Optional[string]    `json:"last_name" field:"null,blank,max=150"`
	Phone             core.Optional[string]    `json:"phone" field:"null,blank,max=40"`
	Bio               core.Optional[string]    `json:"bio" field:"null,blank"`
	VendorID          core.Optional[int64]     `json:"vendor_id" field:"null" help:"The vendor to look at: one that the user works for. Null clears it."`
	CompanyName       core.Optional[string]    `json:"company_name" field:"null,blank,max=255" help:"Company or vendor name shown in the app."`
	CompanyCode       core.Optional[string]    `json:"company_code" field:"null,blank,max=40" help:"Invite code that ties the user to a company."`
	CompanySite       core.Optional[string]    `json:"company_site" field:"null,blank,url,max=200" help:"Public web site of the company."`
	PhoneNumber       core.Optional[string]    `json:"phone_number" field:"null,blank,max=20" help:"Phone number in E.164 form."`
	Birthdate         core.Optional[core.Date] `json:"birthdate" field:"null"`
	ProfilePictureURL core.Optional[string]    `json:"profile_picture_url" field:"null,url,max=200" help:"Address of an image that is stored already."`
	DeletePicture     bool                     `json:"delete_profile_picture" help:"True removes the picture."`

	Avatar           core.Optional[userMediaRequest] `json:"avatar" field:"null" help:"Null removes it."`
	VendorLogo       core.Optional[userMediaRequest] `json:"vendor_logo" field:"null" help:"Null removes it."`
	StorefrontBanner core.Optional[userMediaRequest] `json:"storefront_banner" field:"null" help:"Null removes it."`
}

// Validate implements web.Validator.
func (in *updateProfileRequest) Validate() core.Fields {
	wrong := core.Fields{}
	if in.DeletePicture && in.ProfilePictureURL.HasValue() {
		wrong.Add("profile_picture_url", "Cannot upload and delete the profile picture in the same request.")
	}
	for _, m := range in.media() {
		if m.sent.HasValue() && !m.sent.Value.hasObject() {
			wrong[m.field] = core.Fields{"metadata": []string{"Expected a dictionary of items."}}
		}
	}
	return wrong
}

// sentMedia is one field for an image.
type sentMedia struct {
	field string
	slot  MediaType
	sent  core.Optional[userMediaRequest]
}

func (in *updateProfileRequest) media() []sentMedia {
	return []sentMedia{
		{"avatar", MediaProfileAvatar, in.Avatar},
		{"vendor_logo", MediaVendorLogo, in.VendorLogo},
		{"storefront_banner", MediaStorefrontBanner, in.StorefrontBanner},
	}
}

func (in *updateProfileRequest) hasMedia() bool {
	return in.Avatar.Sent || in.VendorLogo.Sent || in.StorefrontBanner.Sent
}

// hasImages reports whether the change is one of images.
func (in *updateProfileRequest) hasImages() bool {
	return in.hasMedia() || in.ProfilePictureURL.Sent || in.DeletePicture
}

// applyToUser changes u and returns the names of the columns to write.
func (in *updateProfileRequest) applyToUser(u *User) []string {
	var c columns
	c.add("username", in.Username.Set(&u.Username))
	c.add("email", in.Email.Set(&u.Email))
	c.add("first_name", in.FirstName.Set(&u.FirstName))
	c.add("last_name", in.LastName.Set(&u.LastName))
	c.add("company_name", setValue(in.CompanyName, &u.CompanyName))
	c.add("company_code", setValue(in.CompanyCode, &u.CompanyCode))
	c.add("company_site", setValue(in.CompanySite, &u.CompanySite))
	c.add("phone_number", setValue(in.PhoneNumber, &u.PhoneNumber))
	c.add("birthdate", setValue(in.Birthdate, &u.Birthdate))
	return c
}

// applyToProfile changes p and returns the names of the columns to write.
func (in *updateProfileRequest) applyToProfile(p *Profile) []string {
	var c columns
	c.add("phone", setValue(in.Phone, &p.Phone))
	c.add("bio", setValue(in.Bio, &p.Bio))
	c.add("vendor_id", in.VendorID.SetPtr(&p.VendorID))
	c.add("profile_picture", setValue(in.ProfilePictureURL, &p.ProfilePicture))
	if in.DeletePicture {
		p.ProfilePicture = nil
		c.add("profile_picture", true)
	}
	return c
}

// columns collects the names of those that changed.
type columns []string

func (c *columns) add(name string, changed bool) {
	if changed {
		*c = append(*c, name)
	}
}

// setValue writes the value to dst if there is one, and reports whether it did: null changes nothing.
func setValue[T any](o core.Optional[T], dst **T) bool {
	if o.HasValue() {
		*dst = o.Ptr()
	}
	return o.HasValue()
}
