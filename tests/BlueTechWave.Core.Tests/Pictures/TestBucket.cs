using Amazon.Runtime;
using Amazon.S3;
using BlueTechWave.Core.Pictures;
using Xunit;

namespace BlueTechWave.Core.Tests.Pictures;

/// <summary>A bucket of its own on the S3 server that the tests were given; emptied and removed after the test.</summary>
public sealed class TestBucket : IAsyncDisposable
{
    /// <summary>Holds the address of an S3 server where buckets may be made.</summary>
    public const string Variable = "BTW_TEST_S3";

    private readonly AmazonS3Client _s3;

    private TestBucket(string server)
    {
        Place = new(server, $"btw-{Guid.NewGuid():n}", "us-east-1", "tester", "a-secret-of-tests");
        _s3 = new(new BasicAWSCredentials(Place.AccessKey, Place.SecretKey), new AmazonS3Config { ServiceURL = server, AuthenticationRegion = Place.Region, ForcePathStyle = true });
    }

    public S3Place Place { get; }

    public static async Task<TestBucket> MakeAsync()
    {
        var server = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(server) && Environment.GetEnvironmentVariable("CI") is not "true", $"No S3 server: {Variable} is not set.");
        var bucket = new TestBucket(server is { Length: > 0 } ? server : throw new InvalidOperationException($"{Variable} must name an S3 server here."));
        await bucket._s3.PutBucketAsync(bucket.Place.Bucket);
        return bucket;
    }

    /// <summary>As somebody else would who shares the bucket.</summary>
    public async Task PutAsync(string key, string text) =>
        await _s3.PutObjectAsync(new() { BucketName = Place.Bucket, Key = key, ContentBody = text, UseChunkEncoding = false });

    public async Task<(string MediaType, long Length)> LookAsync(string key)
    {
        var found = await _s3.GetObjectMetadataAsync(Place.Bucket, key);
        return (found.Headers.ContentType, found.ContentLength);
    }

    public async ValueTask DisposeAsync()
    {
        while ((await _s3.ListObjectsV2Async(new() { BucketName = Place.Bucket })).S3Objects is { Count: > 0 } left)
            await _s3.DeleteObjectsAsync(new() { BucketName = Place.Bucket, Objects = [.. left.Select(o => new Amazon.S3.Model.KeyVersion { Key = o.Key })] });
        await _s3.DeleteBucketAsync(Place.Bucket);
        _s3.Dispose();
    }
}
