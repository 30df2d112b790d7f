package db

import "context"

type afterCommitKey struct{}

// tasks are what is to be done when a transaction has committed, in order.
type tasks []func(ctx context.Context)

// AfterCommit has fn called once the transaction of InTx, whose context this is, has committed, and never if it fails.
// It is for what cannot be undone, such as removing a file. The context that fn gets outlives the request. AfterCommit
// panics outside of InTx.
func AfterCommit(ctx context.Context, fn func(ctx context.Context)) {
	list, ok := ctx.Value(afterCommitKey{}).(*tasks)
	if !ok {
		panic("db: AfterCommit outside of InTx")
	}
	*list = append(*list, fn)
}

// withTasks returns a context that collects what is to be done after the commit.
func withTasks(ctx context.Context) (context.Context, *tasks) {
	list := &tasks{}
	return context.WithValue(ctx, afterCommitKey{}, list), list
}

// run does all of them.
func (list *tasks) run(ctx context.Context) {
	for _, task := range *list {
		task(context.WithoutCancel(ctx))
	}
}
