using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;
using Amazon.S3.Model;

namespace BlueTechWave.Core.Pictures;

/// <summary>Where a bucket is, and who may use it.</summary>
/// <param name="Prefix">Begins every key, as in <c>pictures/</c>; may be empty.</param>
public sealed record S3Place(string ServiceUrl, string Bucket, string Region, string AccessKey, string SecretKey, string Prefix = "")
{
    /// <summary>Never the secrets: whatever is printed ends in a log some day.</summary>
    public override string ToString() => $"{ServiceUrl} {Bucket}/{Prefix}";
}

/// <summary>Nobody answers where the pictures are, or answers that it cannot at this moment.</summary>
public sealed class PictureStoreAwayException(Exception why) : IOException($"The picture store does not answer: {why.Message}", why);

/// <summary>Pictures in a bucket of anything that speaks S3. The bucket is made by whoever runs it, not by us.</summary>
public sealed class S3PictureStore : IPictureStore, IDisposable
{
    /// <summary>More than this goes in parts: a failed part is sent again, not the whole.</summary>
    private const int Part = 8 << 20;

    private readonly AmazonS3Client _s3;
    private readonly string _bucket;
    private readonly string _prefix;

    public S3PictureStore(S3Place place)
    {
        _bucket = place.Bucket;
        _prefix = place.Prefix;
        _s3 = new Line(new BasicAWSCredentials(place.AccessKey, place.SecretKey), new AmazonS3Config
        {
            ServiceURL = place.ServiceUrl,
            AuthenticationRegion = place.Region,
            ForcePathStyle = true,
            // Newer kinds of checksum are framed into the body, and servers other than Amazon's keep the frames as bytes.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
    }

    public async Task PutAsync(string name, Stream bytes, string mediaType, CancellationToken cancellation = default)
    {
        var key = Key(name);
        // The length is sent first, and after a failed attempt the bytes are sent again: both need a stream that can seek.
        await using var spooled = bytes.CanSeek ? null : await SpoolAsync(bytes, cancellation);
        var whole = spooled ?? bytes;
        if (whole.Length - whole.Position > Part) await PutInPartsAsync(key, whole, mediaType, cancellation);
        else await PutAtOnceAsync(key, whole, mediaType, cancellation);
    }

    public async Task<Stream?> OpenAsync(string name, CancellationToken cancellation = default)
    {
        try
        {
            return (await _s3.GetObjectAsync(_bucket, Key(name), cancellation)).ResponseStream;
        }
        catch (AmazonS3Exception e) when (IsNothing(e))
        {
            return null;
        }
    }

    public async Task<long?> LengthAsync(string name, CancellationToken cancellation = default)
    {
        try
        {
            return (await _s3.GetObjectMetadataAsync(_bucket, Key(name), cancellation)).ContentLength;
        }
        catch (AmazonS3Exception e) when (IsNothing(e))
        {
            return null;
        }
    }

    public Task DeleteAsync(string name, CancellationToken cancellation = default) =>
        _s3.DeleteObjectAsync(_bucket, Key(name), cancellation);

    public async IAsyncEnumerable<StoredFile> ListAsync(string? after = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var ask = new ListObjectsV2Request { BucketName = _bucket, Prefix = _prefix, StartAfter = after is null ? null : _prefix + after };
        do
        {
            var page = await _s3.ListObjectsV2Async(ask, cancellation);
            foreach (var found in page.S3Objects ?? [])
            {
                var name = found.Key[_prefix.Length..];
                if (StoredName.IsWellFormed(name)) yield return new(name, found.Size ?? 0);
            }

            ask.ContinuationToken = page.NextContinuationToken;
        }
        while (ask.ContinuationToken is not null);
    }

    public void Dispose() => _s3.Dispose();

    private string Key(string name) => _prefix + StoredName.Check(name);

    // A bucket that is missing is no answer about a picture.
    private static bool IsNothing(AmazonS3Exception e) => e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode != "NoSuchBucket";

    private Task<PutObjectResponse> PutAtOnceAsync(string key, Stream bytes, string mediaType, CancellationToken cancellation) => _s3.PutObjectAsync(new PutObjectRequest
    {
        BucketName = _bucket,
        Key = key,
        InputStream = bytes,
        ContentType = mediaType,
        AutoCloseStream = false,
        AutoResetStreamPosition = false,
        UseChunkEncoding = false,
    }, cancellation);

    /// <summary>They become a picture when the last is there, and not before.</summary>
    private async Task PutInPartsAsync(string key, Stream bytes, string mediaType, CancellationToken cancellation)
    {
        var upload = (await _s3.InitiateMultipartUploadAsync(new() { BucketName = _bucket, Key = key, ContentType = mediaType }, cancellation)).UploadId;
        try
        {
            var parts = new List<PartETag>();
            for (var at = bytes.Position; at < bytes.Length; at += Part)
            {
                bytes.Position = at;
                var sent = await _s3.UploadPartAsync(new()
                {
                    BucketName = _bucket,
                    Key = key,
                    UploadId = upload,
                    PartNumber = parts.Count + 1,
                    PartSize = Math.Min(Part, bytes.Length - at),
                    InputStream = bytes,
                    UseChunkEncoding = false,
                }, cancellation);
                parts.Add(new(parts.Count + 1, sent.ETag));
            }

            await _s3.CompleteMultipartUploadAsync(new() { BucketName = _bucket, Key = key, UploadId = upload, PartETags = parts }, cancellation);
        }
        catch
        {
            // Parts of what never became whole are kept, and paid for, until somebody gives them up.
            await _s3.AbortMultipartUploadAsync(new() { BucketName = _bucket, Key = key, UploadId = upload }, CancellationToken.None);
            throw;
        }
    }

    private static async Task<FileStream> SpoolAsync(Stream bytes, CancellationToken cancellation)
    {
        var spool = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        try
        {
            await bytes.CopyToAsync(spool, cancellation);
            spool.Position = 0;
            return spool;
        }
        catch
        {
            await spool.DisposeAsync();
            throw;
        }
    }

    /// <summary>Says of every failure whether it is the way there, or what was asked.</summary>
    private sealed class Line(AWSCredentials credentials, AmazonS3Config config) : AmazonS3Client(credentials, config)
    {
        protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
        {
            base.CustomizeRuntimePipeline(pipeline);
            // Outside the one that tries again.
            pipeline.AddHandler(new AwayHandler());
        }
    }

    private sealed class AwayHandler : PipelineHandler
    {
        public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
        {
            try
            {
                return await base.InvokeAsync<T>(executionContext);
            }
            catch (Exception e) when (e is AmazonServiceException { StatusCode: 0 or >= HttpStatusCode.InternalServerError } || e.GetBaseException() is SocketException or TimeoutException or IOException)
            {
                throw new PictureStoreAwayException(e);
            }
        }
    }
}
