package dbtest

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	"github.com/ory/dockertest/v3"
	"github.com/ory/dockertest/v3/docker"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

const (
	startTime = time.Minute
	lifeTime  = 30 * time.Minute // after which Docker kills a container that nobody stopped
)

// fast are settings by which PostgreSQL trades safety for speed. A server that is killed keeps all of what it was told,
// because the operating system lives on, but what it answered before it wrote that (synchronous_commit).
var fast = []string{"-c", "fsync=off", "-c", "full_page_writes=off"}

// memory is where a server has its files, which are in memory: each test makes a thousand of them and removes them, which
// on a disk takes half of the time of the tests.
const memory = "/memory"

// runContainer starts a PostgreSQL that trades safety for speed and waits until it answers.
func runContainer() (url string, stop func() error, err error) {
	pool, container, err := startContainer(append(fast, "-c", "synchronous_commit=off"), nil)
	if err != nil {
		return "", nil, err
	}
	stop = func() error { return pool.Purge(container) }
	if err := wait(addressOf(container.GetHostPort(port))); err != nil {
		return "", nil, errors.Join(fmt.Errorf("docker: the server does not answer: %w", err), stop())
	}
	return addressOf(nearest(container)), stop, nil
}

// startContainer starts a PostgreSQL with settings, at a port of this machine, so that it can be started again, or for once
// at any port.
func startContainer(settings []string, ports map[docker.Port][]docker.PortBinding) (*dockertest.Pool, *dockertest.Resource, error) {
	image := cmp.Or(os.Getenv("OMNISTOCK_TEST_POSTGRES_IMAGE"), "postgres:15-alpine")
	repository, tag := splitImage(image)
	pool, err := dockertest.NewPool("")
	if err != nil {
		return nil, nil, fmt.Errorf("docker: %w", err)
	}
	env, tmpfs, isForOnce := []string{"POSTGRES_PASSWORD=omnistock"}, map[string]string{}, ports == nil
	if isForOnce && !measures() {
		env, tmpfs[memory] = append(env, "PGDATA="+memory+"/data"), ""
	}
	container, err := pool.RunWithOptions(&dockertest.RunOptions{ // pulls the image only where it is missing
		Repository: repository, Tag: tag, Env: env, Cmd: settings, PortBindings: ports,
	}, func(host *docker.HostConfig) {
		host.AutoRemove, host.Tmpfs = isForOnce, tmpfs
	})
	if err != nil {
		return nil, nil, fmt.Errorf("docker: run %s: %w", image, err)
	}
	// At once: Docker sends its stop signal now, when the container's first process does not listen to it yet.
	if err := container.Expire(uint(lifeTime.Seconds())); err != nil {
		return nil, nil, errors.Join(err, pool.Purge(container))
	}
	return pool, container, nil
}

// measures reports whether benchmarks run: their databases have gigabytes.
func measures() bool {
	bench := flag.Lookup("test.bench")
	return bench != nil && bench.Value.String() != ""
}

func addressOf(hostPort string) string {
	return "postgres://postgres:omnistock@" + hostPort + "/postgres?sslmode=disable"
}

const port = "5432/tcp"

// nearest is where the server of a container answers: at the container's own address where that is reachable, as it is from
// the machine of the engine on Linux. At the machine's, a program in between takes an eighth of the processor.
func nearest(container *dockertest.Resource) (hostPort string) {
	own := container.Container.NetworkSettings.Networks["bridge"].IPAddress
	if own == "" {
		return container.GetHostPort(port)
	}
	direct := net.JoinHostPort(own, "5432")
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", direct)
	if err != nil {
		return container.GetHostPort(port)
	}
	_ = conn.Close()
	return direct
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
