package dbtest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/ory/dockertest/v3"
	"github.com/ory/dockertest/v3/docker"
)

const (
	startTime = time.Minute
	lifeTime  = 30 * time.Minute // after which Docker kills a container that nobody stopped
)

// runContainer starts a PostgreSQL that trades safety for speed and waits until it answers.
func runContainer() (url string, stop func() error, err error) {
	image := cmp.Or(os.Getenv("OMNISTOCK_TEST_POSTGRES_IMAGE"), "postgres:15-alpine")
	repository, tag := splitImage(image)
	pool, err := dockertest.NewPool("")
	if err != nil {
		return "", nil, fmt.Errorf("docker: %w", err)
	}
	container, err := pool.RunWithOptions(&dockertest.RunOptions{ // pulls the image only where it is missing
		Repository: repository,
		Tag:        tag,
		Env:        []string{"POSTGRES_PASSWORD=omnistock"},
		Cmd:        []string{"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"},
	}, func(host *docker.HostConfig) { host.AutoRemove = true })
	if err != nil {
		return "", nil, fmt.Errorf("docker: run %s: %w", image, err)
	}
	stop = func() error { return pool.Purge(container) }
	// At once: Docker sends its stop signal now, when the container's first process does not listen to it yet.
	if err := container.Expire(uint(lifeTime.Seconds())); err != nil {
		return "", nil, errors.Join(err, stop())
	}
	url = "postgres://postgres:omnistock@" + container.GetHostPort("5432/tcp") + "/postgres?sslmode=disable"
	if err := wait(url); err != nil {
		return "", nil, errors.Join(fmt.Errorf("docker: %s does not answer: %w", image, err), stop())
	}
	return url, stop, nil
}

// splitImage splits "registry:5000/name:tag" into name and tag.
func splitImage(image string) (repository, tag string) {
	if i := strings.LastIndex(image, ":"); i > strings.LastIndex(image, "/") {
		return image[:i], image[i+1:]
	}
	return image, "latest"
}

// wait returns when the server answers, or why it does not in a minute.
func wait(url string) error {
	server, err := db.Open(url)
	if err != nil {
		return err
	}
	defer server.Close() //nolint:errcheck // it has nothing to lose
	ctx, cancel := context.WithTimeout(context.Background(), startTime)
	defer cancel()
	for {
		err := server.PingContext(ctx)
		if err == nil || ctx.Err() != nil {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}
