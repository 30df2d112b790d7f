package core

import "context"

// Actor is who makes a request. The zero Actor is nobody.
type Actor struct {
	UserID    int64 // 0 for nobody
	Username  string
	Staff     bool
	Superuser bool
}

// IsNobody reports whether the request came without valid credentials.
func (a Actor) IsNobody() bool { return a.UserID == 0 }

type actorKey struct{}

// WithActor returns a context that carries the actor.
func WithActor(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, a)
}

// ActorFrom returns the actor that ctx carries, or nobody.
func ActorFrom(ctx context.Context) Actor {
	a, _ := ctx.Value(actorKey{}).(Actor)
	return a
}
