package web

import (
	"net/http"
	"time"

	"github.com/uptrace/bunrouter"
)

// Access says who may call an operation. The zero Access is refused when the handler is built, so that nothing is
// open by oversight.
type Access uint8

// The access rules. Finer permissions are the use case's.
const (
	_        Access = iota
	Open            // anybody; credentials are not even looked at
	Public          // anybody, but credentials that are sent must be good
	LoggedIn        // an active account
	Staff           // an active account with the staff flag
)

// String is one word: open, public, login or staff.
func (a Access) String() string {
	return map[Access]string{Open: "open", Public: "public", LoggedIn: "login", Staff: "staff"}[a]
}

// Media is a set of request body formats.
type Media uint8

// The body formats that an operation may read. The zero set means AnyBody.
const (
	JSONBody Media = 1 << iota
	FormBody
	MultipartBody
	AnyBody = JSONBody | FormBody | MultipartBody
)

// Rate is a limit of calls for each client address and operation. The zero Rate is no limit.
type Rate struct {
	Calls int
	Per   time.Duration
}

// An Operation is one method of one path: its route, documentation, access and handler.
type Operation struct {
	Method      string // an http.Method constant
	Path        string // with a trailing slash; parameters as :id
	ID          string // operationId, unique, in drf-spectacular's form: vendors_create
	Tag         string // group in the documentation
	Summary     string // one line, an imperative
	Description string // what the summary leaves open
	Access      Access
	Status      int   // on success; 200 if zero
	Accepts     Media // request bodies
	Limit       Rate  // calls for each client
	Fails       []int // statuses beyond those that its access and input make possible
	Hidden      bool  // served but not documented
	Plain       bool  // outside of the contract's dialect: no content negotiation, no Allow header
	Suffix      bool  // reachable with .json for the final slash, too
	IfMatch     bool  // the header If-Match is heeded: see Guard
	LargeBody   bool  // its body may be as long as Config.MaxUpload, and take its time
	Replays     bool  // 200 where what was asked for was done before: the response is a Replayer
	Endpoint    Endpoint
}

// An Endpoint serves an operation. JSON and Page make one.
type Endpoint interface {
	serve(w http.ResponseWriter, r bunrouter.Request, op *Operation) error
	shapes() (in *object, out *object)
}

// Route is the path as the document spells it, with parameters as {id}.
func (op *Operation) Route() string { return documentPath(op.Path) }

func (op *Operation) status() int {
	if op.Status == 0 {
		return http.StatusOK
	}
	return op.Status
}

func (op *Operation) accepts() Media {
	if op.Accepts == 0 {
		return AnyBody
	}
	return op.Accepts
}
