using BlueTechWave.Core.Pictures;
using Xunit;

namespace BlueTechWave.Core.Tests.Pictures;

public sealed class PictureMoveTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("btw-move-").FullName;
    private readonly DiskPictureStore _old;
    private readonly Trying _new;

    public PictureMoveTests()
    {
        _old = new(Path.Combine(_directory, "old"));
        _new = new(new DiskPictureStore(Path.Combine(_directory, "new")));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Every_picture_is_carried_over_and_stays_where_it_was()
    {
        await FillAsync(30);

        var report = await MoveAsync();

        Assert.Equal((30, 0, 0), (report.Copied, report.There, report.Removed));
        Assert.Equal(await ContentAsync(_old), await ContentAsync(_new));
        Assert.Equal(30, (await ContentAsync(_old)).Count);
        Assert.Contains(("p0003.avif", "image/avif"), _new.Put);
        Assert.Contains(("p0004.jpg", "image/jpeg"), _new.Put);
    }

    [Fact]
    public async Task A_move_that_fails_midway_goes_on_where_it_was()
    {
        await FillAsync(40);
        _new.FailsAfter = 17;
        Assert.Equal("The wire was cut.", (await Assert.ThrowsAsync<IOException>(() => MoveAsync())).Message);
        var carried = (await ContentAsync(_new)).Count;
        Assert.InRange(carried, 17, 39);
        _new.Recover();

        var report = await MoveAsync();

        Assert.Equal((40 - carried, carried), (report.Copied, report.There));
        Assert.Equal(40 - carried, _new.Put.Count);
        Assert.Equal(await ContentAsync(_old), await ContentAsync(_new));
    }

    [Fact]
    public async Task A_move_that_is_called_off_goes_on_where_it_was()
    {
        await FillAsync(40);
        using var off = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new PictureMove(_old, _new).RunAsync(remove: true, new Told(p => { if (p.Done == 11) off.Cancel(); }), off.Token));
        Assert.InRange((await ContentAsync(_new)).Count, 11, 39);
        Assert.Equal(40, (await ContentAsync(_old)).Count);

        await MoveAsync();

        Assert.Equal(await ContentAsync(_old), await ContentAsync(_new));
    }

    [Fact]
    public async Task Only_what_is_missing_or_differs_in_length_is_carried()
    {
        await FillAsync(10);
        await MoveAsync();
        await _old.DeleteAsync("p0001.jpg");
        await _new.DeleteAsync("p0004.jpg");
        await _new.PutAsync("p0006.avif", new MemoryStream([1]), "");
        await _new.PutAsync("aaaaa.avif", new MemoryStream([1]), "");
        _new.Recover();

        var report = await MoveAsync();

        Assert.Equal((2, 7), (report.Copied, report.There));
        Assert.Equal(["p0004.jpg", "p0006.avif"], _new.Put.Select(p => p.Name).Order());
        Assert.Equal(2, _new.Opened.Count);
        Assert.Equal((await ContentAsync(_old)).Concat(["aaaaa.avif 01", "p0001.jpg 0202"]).Order(StringComparer.Ordinal), await ContentAsync(_new));
    }

    [Fact]
    public async Task What_was_carried_is_removed_when_asked_to_once_all_of_it_is_there()
    {
        await FillAsync(25);
        var all = await ContentAsync(_old);

        var report = await MoveAsync(remove: true);

        Assert.Equal((25, 25), (report.Copied, report.Removed));
        Assert.Equal(all, await ContentAsync(_new));
        Assert.Empty(await ContentAsync(_old));
    }

    [Fact]
    public async Task Nothing_is_removed_while_one_picture_comes_back_different()
    {
        await FillAsync(25);
        _new.Spoils = "p0012.avif";

        var report = await MoveAsync(remove: true);

        Assert.Equal(["p0012.avif"], report.Unlike);
        Assert.Equal((24, 0, 0), (report.Copied, report.There, report.Removed));
        Assert.Equal(25, (await ContentAsync(_old)).Count);
    }

    [Fact]
    public async Task Before_a_picture_is_removed_one_of_its_length_that_was_there_is_compared_with_it()
    {
        await FillAsync(5);
        await MoveAsync();
        var all = await ContentAsync(_old);
        await _new.PutAsync("p0003.avif", new MemoryStream([9, 9, 9, 9]), "");

        var report = await MoveAsync(remove: true);

        Assert.Equal((1, 4, 5), (report.Copied, report.There, report.Removed));
        Assert.Equal(all, await ContentAsync(_new));
    }

    [Fact]
    public async Task A_picture_that_comes_while_the_rest_is_carried_stays()
    {
        await FillAsync(5);
        _new.AtFirstPut = () => _old.PutAsync("00000.avif", new MemoryStream([1]), "image/avif");

        var report = await MoveAsync(remove: true);

        Assert.Equal((5, 5), (report.Copied, report.Removed));
        Assert.Equal(["00000.avif 01"], await ContentAsync(_old));
    }

    [Fact]
    public async Task Pictures_go_from_the_disk_to_a_bucket_and_back()
    {
        await using var bucket = await TestBucket.MakeAsync();
        using var s3 = new S3PictureStore(bucket.Place with { Prefix = "p/" });
        await FillAsync(60);
        var all = await ContentAsync(_old);

        await new PictureMove(_old, s3).RunAsync(remove: true);
        Assert.Empty(await ContentAsync(_old));
        Assert.Equal(all, await ContentAsync(s3));
        Assert.Equal("image/avif", (await bucket.LookAsync("p/p0003.avif")).MediaType);

        await new PictureMove(s3, _old).RunAsync(remove: true);
        Assert.Equal(all, await ContentAsync(_old));
        Assert.Empty(await ContentAsync(s3));
    }

    [Fact]
    public async Task It_tells_how_far_it_is()
    {
        await FillAsync(20);
        var told = new List<PictureMoveProgress>();

        await new PictureMove(_old, _new).RunAsync(remove: false, new Told(told.Add));

        Assert.Equal(Enumerable.Range(0, 21), told.Select(p => p.Done));
        Assert.All(told, p => Assert.Equal((20, 210), (p.Of, p.OfBytes)));
        Assert.Equal((0, 210), (told[0].Bytes, told[^1].Bytes));
    }

    /// <summary>The nth is n bytes long, each of them n.</summary>
    private async Task FillAsync(int count)
    {
        for (var i = 1; i <= count; i++) await _old.PutAsync($"p{i - 1:d4}.{(i % 3 == 2 ? "jpg" : "avif")}", new MemoryStream([.. Enumerable.Repeat((byte)i, i)]), "");
    }

    private Task<PictureMoveReport> MoveAsync(bool remove = false) => new PictureMove(_old, _new).RunAsync(remove);

    private static async Task<List<string>> ContentAsync(IPictureStore store)
    {
        var all = new List<string>();
        await foreach (var file in store.ListAsync())
        {
            await using var stream = await store.OpenAsync(file.Name);
            using var bytes = new MemoryStream();
            await stream!.CopyToAsync(bytes);
            all.Add($"{file.Name} {Convert.ToHexString(bytes.ToArray())}");
        }

        return all;
    }

    private sealed class Told(Action<PictureMoveProgress> act) : IProgress<PictureMoveProgress>
    {
        public void Report(PictureMoveProgress value) => act(value);
    }
}
