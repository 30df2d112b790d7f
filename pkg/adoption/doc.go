// Package adoption takes over a PostgreSQL database that the Django backend of Omni-Stock made, in place, and sees to it
// that Django can have it back.
//
// It knows a database by the migrations that Django has applied to it (its heads). Two states can be taken over:
//
//   - current (users 0004, collectibles 0017): the tables are what the first step of package migrations makes, so it is
//     entered into the history as applied, after the live catalog was compared with what it makes;
//   - older (auth_user, collectibles 0007), which Django itself cannot migrate any more: the stages in the folder older
//     move it to the current state first. Then Django's own history is brought to the current heads, too.
//
// Either is done in one transaction together with the other steps. Whatever fails leaves the database as it was. Any
// other state is refused with a message that names what is wrong and says what to do.
package adoption
