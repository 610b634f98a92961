using Amazon.S3;
using BlueTechWave.Core.Pictures;
using Xunit;

namespace BlueTechWave.Core.Tests.Pictures;

public sealed class S3PictureStoreTests : PictureStoreTests
{
    private TestBucket? _bucket;
    private S3PictureStore? _store;

    protected override IPictureStore Store => _store!;

    public override async ValueTask InitializeAsync()
    {
        _bucket = await TestBucket.MakeAsync();
        _store = new(_bucket.Place with { Prefix = "paper/pictures/" });
    }

    public override async ValueTask DisposeAsync()
    {
        _store?.Dispose();
        if (_bucket is not null) await _bucket.DisposeAsync();
    }

    [Fact]
    public async Task A_picture_lies_under_the_prefix_with_its_media_type_and_no_byte_more()
    {
        await Store.PutAsync("3fa9c0.avif", new MemoryStream(Bytes(300_000)), "image/avif");

        Assert.Equal(("image/avif", 300_000), await _bucket!.LookAsync("paper/pictures/3fa9c0.avif"));
    }

    [Fact]
    public async Task Others_may_share_the_bucket()
    {
        foreach (var key in new[] { "77777.avif", "paper/77777.avif", "paper/pictures.txt", "paper/pictures/", "paper/pictures/old/77777.avif", "paper/pictures/Thumbs.db", "zz/77777.avif" })
            await _bucket!.PutAsync(key, "?");
        await Store.PutAsync("3fa9c0.avif", new MemoryStream([1]), "image/avif");

        Assert.Equal([new("3fa9c0.avif", 1)], await ListAsync());
        Assert.Null(await Store.LengthAsync("77777.avif"));
    }

    [Fact]
    public async Task Without_a_prefix_pictures_lie_at_the_top()
    {
        using var bare = new S3PictureStore(_bucket!.Place);

        await bare.PutAsync("3fa9c0.avif", new MemoryStream([1]), "image/avif");

        Assert.Equal([new("3fa9c0.avif", 1)], await bare.ListAsync().ToListAsync());
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_large_picture_of_which_a_part_cannot_be_read_leaves_what_was_there()
    {
        await Store.PutAsync("3fa9c0.avif", new MemoryStream([1, 2, 3]), "image/avif");

        await Assert.ThrowsAnyAsync<Exception>(() => Store.PutAsync("3fa9c0.avif", new Breaking(Bytes(20_000_000), at: 12_000_000), "image/avif"));

        Assert.Equal([new("3fa9c0.avif", 3)], await ListAsync());
    }

    [Fact]
    public async Task A_missing_bucket_is_a_failure_not_an_absent_picture()
    {
        using var nowhere = new S3PictureStore(_bucket!.Place with { Bucket = "no-such-bucket" });

        var failure = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => nowhere.OpenAsync("3fa9c0.avif"));

        Assert.DoesNotContain(_bucket.Place.SecretKey, failure.ToString());
    }

    [Fact]
    public void A_place_that_is_printed_tells_no_secret()
    {
        var place = $"{_bucket!.Place}";

        Assert.Contains(_bucket.Place.Bucket, place);
        Assert.DoesNotContain(_bucket.Place.SecretKey, place);
        Assert.DoesNotContain(_bucket.Place.AccessKey, place);
    }

    /// <summary>A file on a disk that has gone bad from some byte on.</summary>
    private sealed class Breaking(byte[] bytes, int at) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => Position + count <= at ? base.Read(buffer, offset, count) : throw new IOException("Bad sector.");

        public override int Read(Span<byte> buffer) => Position + buffer.Length <= at ? base.Read(buffer) : throw new IOException("Bad sector.");

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer, offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));
    }
}
