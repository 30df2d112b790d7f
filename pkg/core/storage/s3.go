package storage

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"github.com/minio/minio-go/v7/pkg/s3utils"
)

// s3Tries is how often a request to the bucket is sent before it fails.
const s3Tries = 3

// S3Options say where a bucket is. All but PublicURL must be set.
type S3Options struct {
	Endpoint             string // with a path, perhaps, such as https://project.supabase.co/storage/v1/s3
	Bucket, Region       string
	AccessKey, SecretKey string
	PublicURL            string        // address of the bucket for everybody, with or without https://; see publicURL for the default
	Timeout              time.Duration // of one operation, all its tries included
}

// S3 keeps objects in a bucket that speaks the S3 protocol: Supabase, MinIO, Amazon.
type S3 struct {
	client    *minio.Client
	bucket    string // the first segment of the bucket's path
	prefix    string // the segments behind it, and a slash
	publicURL string
	timeout   time.Duration
}

// NewS3 returns a storage in the bucket. It sends nothing.
func NewS3(o S3Options) (*S3, error) {
	endpoint, err := url.Parse(o.Endpoint)
	if err != nil {
		return nil, fmt.Errorf("parse the storage's endpoint: %w", err)
	}
	// The client knows no endpoint with a path. To it, the first segment is the bucket and the others begin each key:
	// the same path, and so the same signature.
	bucket, prefix, _ := strings.Cut(strings.Trim(endpoint.Path, "/")+"/"+o.Bucket+"/", "/")
	if bucket == "" {
		bucket, prefix, _ = strings.Cut(prefix, "/")
	}
	if err := s3utils.CheckValidBucketName(bucket); err != nil {
		return nil, fmt.Errorf("storage's bucket %q: %w", bucket, err)
	}
	client, err := minio.New(endpoint.Host, &minio.Options{
		Creds: credentials.NewStaticV4(o.AccessKey, o.SecretKey, ""), Secure: endpoint.Scheme == "https", Region: o.Region,
		BucketLookup: minio.BucketLookupPath, MaxRetries: s3Tries, Transport: newTransport(o.Timeout),
	})
	if err != nil {
		return nil, fmt.Errorf("set up the storage: %w", err)
	}
	return &S3{client: client, bucket: bucket, prefix: prefix, publicURL: publicURL(o), timeout: o.Timeout}, nil
}

// publicURL is where everybody finds the bucket's objects. Supabase has a place of its own for that.
func publicURL(o S3Options) string {
	if o.PublicURL != "" {
		if !strings.Contains(o.PublicURL, "://") {
			return "https://" + strings.TrimRight(o.PublicURL, "/")
		}
		return strings.TrimRight(o.PublicURL, "/")
	}
	endpoint := strings.TrimRight(o.Endpoint, "/")
	if project, ok := strings.CutSuffix(endpoint, "/storage/v1/s3"); ok {
		endpoint = project + "/storage/v1/object/public"
	}
	return endpoint + "/" + o.Bucket
}

// newTransport gives each step of one try a limit, so that there is time for another one.
func newTransport(timeout time.Duration) http.RoundTripper {
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment, DialContext: (&net.Dialer{Timeout: timeout / s3Tries}).DialContext,
		TLSHandshakeTimeout: timeout / s3Tries, ResponseHeaderTimeout: timeout, IdleConnTimeout: time.Minute,
		MaxIdleConnsPerHost: 8, ForceAttemptHTTP2: true,
	}
}

// URL implements Storage.
func (s *S3) URL(key string) string { return s.publicURL + "/" + key }

// Put implements Storage.
func (s *S3) Put(ctx context.Context, key, contentType string, content []byte) error {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	_, err := s.client.PutObject(ctx, s.bucket, s.prefix+key, bytes.NewReader(content), int64(len(content)), minio.PutObjectOptions{
		ContentType: contentType, CacheControl: cacheForever,
		DisableMultipart: true, DisableContentSha256: true, // not every server knows signed chunks
	})
	if err != nil {
		return fmt.Errorf("put an object: %w", err)
	}
	return nil
}

// Delete implements Storage.
func (s *S3) Delete(ctx context.Context, key string) error {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	if err := s.client.RemoveObject(ctx, s.bucket, s.prefix+key, minio.RemoveObjectOptions{}); err != nil {
		return fmt.Errorf("delete an object: %w", err)
	}
	return nil
}

// Open implements Storage. The content is read within the time of one operation.
func (s *S3) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	object, err := s.client.GetObject(ctx, s.bucket, s.prefix+key, minio.GetObjectOptions{})
	if err == nil {
		_, err = object.Stat() // only this asks the server
	}
	if err == nil {
		return s3Object{object, cancel}, nil
	}
	cancel()
	if minio.ToErrorResponse(err).Code == minio.NoSuchKey {
		return nil, errNotFound()
	}
	return nil, fmt.Errorf("open an object: %w", err)
}

// s3Object ends its request when it is closed.
type s3Object struct {
	*minio.Object
	cancel context.CancelFunc
}

func (o s3Object) Close() error {
	defer o.cancel()
	return o.Object.Close()
}

// List implements Storage. It has no time limit of its own: a bucket may hold very many objects.
func (s *S3) List(ctx context.Context, fn func(Object) error) error {
	for object := range s.client.ListObjectsIter(ctx, s.bucket, minio.ListObjectsOptions{Prefix: s.prefix, Recursive: true}) {
		if object.Err != nil {
			return fmt.Errorf("list the bucket: %w", object.Err)
		}
		key := strings.TrimPrefix(object.Key, s.prefix)
		if !IsKey(key) {
			continue
		}
		if err := fn(Object{Key: key, Size: object.Size, Modified: object.LastModified}); err != nil {
			return err
		}
	}
	return ctx.Err()
}
