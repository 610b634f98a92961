using BlueTechWave.Core.Pictures;
using Xunit;

namespace BlueTechWave.Core.Tests.Pictures;

/// <summary>What every picture store promises.</summary>
public abstract class PictureStoreTests : IAsyncLifetime
{
    protected abstract IPictureStore Store { get; }

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(65_537)]
    [InlineData(8 << 20)]
    [InlineData((8 << 20) + 1)]
    public async Task A_picture_comes_back_byte_for_byte(int length)
    {
        var bytes = Bytes(length);

        await Store.PutAsync("3fa9c0.avif", new MemoryStream(bytes), "image/avif");

        Assert.Equal(bytes, await ReadAsync("3fa9c0.avif"));
        Assert.Equal(length, await Store.LengthAsync("3fa9c0.avif"));
    }

    [Fact]
    public async Task A_stream_that_can_neither_seek_nor_tell_its_length_is_kept_as_well()
    {
        var bytes = Bytes(200_000);

        await Store.PutAsync("3fa9c0.avif", new Dripping(bytes), "image/avif");

        Assert.Equal(bytes, await ReadAsync("3fa9c0.avif"));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(9_000_000)]
    public async Task Only_what_is_left_of_a_stream_is_kept_and_the_stream_stays_open(int length)
    {
        using var stream = new MemoryStream(Bytes(length)) { Position = 40 };

        await Store.PutAsync("3fa9c0.avif", stream, "image/avif");

        Assert.Equal(Bytes(length)[40..], await ReadAsync("3fa9c0.avif"));
        Assert.True(stream.CanRead);
    }

    [Fact]
    public async Task A_later_picture_replaces_an_earlier_one_of_that_name()
    {
        await Store.PutAsync("3fa9c0.avif", new MemoryStream(Bytes(900)), "image/avif");
        await Store.PutAsync("3fa9c0.avif", new MemoryStream([1, 2, 3]), "image/avif");

        Assert.Equal([1, 2, 3], await ReadAsync("3fa9c0.avif"));
        Assert.Equal([new("3fa9c0.avif", 3)], await ListAsync());
    }

    [Fact]
    public async Task Where_there_is_nothing_nothing_is_found_and_nothing_fails()
    {
        Assert.Null(await Store.OpenAsync("3fa9c0.avif"));
        Assert.Null(await Store.LengthAsync("3fa9c0.avif"));
        await Store.DeleteAsync("3fa9c0.avif");
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_deleted_picture_is_gone_and_its_neighbour_is_not()
    {
        await Store.PutAsync("3fa9c0.avif", new MemoryStream([1]), "image/avif");
        await Store.PutAsync("3fa9c0.webp", new MemoryStream([2]), "image/webp");

        await Store.DeleteAsync("3fa9c0.avif");
        await Store.DeleteAsync("3fa9c0.avif");

        Assert.Null(await Store.OpenAsync("3fa9c0.avif"));
        Assert.Equal([new("3fa9c0.webp", 1)], await ListAsync());
    }

    [Fact]
    public async Task More_than_a_thousand_pictures_are_listed_in_order_and_from_any_name_on()
    {
        var random = new Random(7);
        string[] ends = ["", "-640.avif", "-1280.avif", ".jpg", ".png"];
        var names = Enumerable.Range(0, 1_100).Select(i => $"{random.NextInt64(1L << 40):x10}{ends[i % ends.Length]}")
            .Concat(["a.jpg", "ab.c.jpg", "a-b-c", "00000", "zzzzz", "z.z.z", "a1b2.", "ab-1.png", "ab.1.png", "ab01.png"]).Where(StoredName.IsWellFormed).Distinct().ToList();
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (name, stop) => await Store.PutAsync(name, new MemoryStream(new byte[name.Length]), "image/avif", stop));
        names.Sort(StringComparer.Ordinal);

        Assert.Equal(names.Select(name => new StoredFile(name, name.Length)), await ListAsync());
        Assert.Equal(names.Skip(300), (await ListAsync(names[299])).Select(f => f.Name));
        foreach (var after in new[] { "0", "a", "ab.", "ab.1.png", "ab.1.pn", "z", "zzzzz", "{" })
            Assert.Equal(names.Where(name => string.CompareOrdinal(name, after) > 0), (await ListAsync(after)).Select(f => f.Name));
    }

    [Fact]
    public async Task Of_pictures_put_at_once_under_one_name_one_is_there_and_whole()
    {
        var versions = Enumerable.Range(1, 8).Select(i => Enumerable.Repeat((byte)i, 400_000 + i).ToArray()).ToList();

        await Task.WhenAll(versions.Select(version => Task.Run(async () =>
        {
            await Store.PutAsync("3fa9c0.avif", new MemoryStream(version), "image/avif");
            IsWhole(await ReadAsync("3fa9c0.avif"));
        })));

        IsWhole(await ReadAsync("3fa9c0.avif"));
        Assert.Single(await ListAsync());

        void IsWhole(byte[]? read) => Assert.True(read is { Length: > 0 } && versions[read[0] - 1].AsSpan().SequenceEqual(read));
    }

    [Fact]
    public async Task A_picture_that_breaks_off_on_its_way_in_leaves_what_was_there()
    {
        await Store.PutAsync("3fa9c0.avif", new MemoryStream([1, 2, 3]), "image/avif");

        await Assert.ThrowsAsync<IOException>(() => Store.PutAsync("3fa9c0.avif", new Dripping(Bytes(300_000), breaksAt: 200_000), "image/avif"));
        await Assert.ThrowsAsync<IOException>(() => Store.PutAsync("77777.avif", new Dripping(Bytes(300_000), breaksAt: 200_000), "image/avif"));

        Assert.Equal([1, 2, 3], await ReadAsync("3fa9c0.avif"));
        Assert.Equal([new("3fa9c0.avif", 3)], await ListAsync());
    }

    [Fact]
    public async Task What_is_called_off_does_not_happen()
    {
        using var off = new CancellationTokenSource();
        await off.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.PutAsync("3fa9c0.avif", new MemoryStream(Bytes(9)), "image/avif", off.Token));

        Assert.Null(await Store.LengthAsync("3fa9c0.avif"));
    }

    [Theory]
    [MemberData(nameof(StoredNameTests.Hostile), MemberType = typeof(StoredNameTests))]
    public async Task A_name_that_is_not_well_formed_is_refused_whatever_is_asked(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutAsync(name, new MemoryStream([1]), "image/avif"));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.OpenAsync(name));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.LengthAsync(name));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(name));
        Assert.Empty(await ListAsync());
    }

    protected static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    protected async Task<byte[]?> ReadAsync(string name)
    {
        await using var stream = await Store.OpenAsync(name);
        if (stream is null) return null;
        using var read = new MemoryStream();
        await stream.CopyToAsync(read);
        return read.ToArray();
    }

    protected async Task<List<StoredFile>> ListAsync(string? after = null) => await Store.ListAsync(after).ToListAsync();
}
