// Package progress tells an operator how far a long command is: by a bar where a person watches a terminal, elsewhere by
// a line for each task that ended. It goes to the standard error, so that a command's output stays what it is.
//
//	task := reporter.Start("collectibles_collectible", "rows", total)
//	defer task.Done()
//	for … {
//		task.Add(len(batch))
//	}
package progress
