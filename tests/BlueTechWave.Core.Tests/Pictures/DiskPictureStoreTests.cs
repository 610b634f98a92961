using BlueTechWave.Core.Pictures;
using Xunit;

namespace BlueTechWave.Core.Tests.Pictures;

public sealed class DiskPictureStoreTests : PictureStoreTests
{
    private readonly string _directory = Directory.CreateTempSubdirectory("btw-pictures-").FullName;

    protected override IPictureStore Store => field ??= new DiskPictureStore(_directory);

    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_picture_is_two_folders_deep_under_its_own_name()
    {
        await Store.PutAsync("3fa9c0.avif", new MemoryStream([1]), "image/avif");

        Assert.Equal([Path.Combine(_directory, "3f", "a9", "3fa9c0.avif")], Directory.GetFiles(_directory, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_breaks_off_leaves_no_file_behind()
    {
        await Assert.ThrowsAsync<IOException>(() => Store.PutAsync("3fa9c0.avif", new Dripping(Bytes(90_000), breaksAt: 50_000), "image/avif"));

        Assert.Empty(Directory.GetFiles(_directory, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_a_killed_process_left_is_never_listed_and_goes_with_the_next_start_or_list()
    {
        var left = Leave(TimeSpan.FromHours(2));
        Assert.Empty(await ListAsync());
        Assert.False(File.Exists(left));

        left = Leave(TimeSpan.FromHours(2));
        _ = new DiskPictureStore(_directory);
        Assert.False(File.Exists(left));
    }

    [Fact]
    public async Task What_another_process_is_putting_just_now_is_left_alone()
    {
        var coming = Leave(TimeSpan.FromMinutes(5));

        Assert.Empty(await ListAsync());

        Assert.True(File.Exists(coming));
    }

    [Fact]
    public async Task A_stray_file_is_no_picture()
    {
        await Store.PutAsync("3fa9c0.avif", new MemoryStream([1]), "image/avif");
        foreach (var stray in new[] { "readme.txt", "3f/a9/Thumbs.db", "3f/a9/.ds-store", "3f/a9/77777.avif", "3f/notes.txt", "abc/de/abcde.jpg" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_directory, stray))!);
            await File.WriteAllTextAsync(Path.Combine(_directory, stray), "?");
        }

        Assert.Equal([new("3fa9c0.avif", 1)], await ListAsync());
    }

    [Fact]
    public async Task A_reader_keeps_the_picture_that_is_replaced_or_deleted_meanwhile()
    {
        var old = Bytes(300_000);
        await Store.PutAsync("3fa9c0.avif", new MemoryStream(old), "image/avif");
        await using var stream = await Store.OpenAsync("3fa9c0.avif");

        await Store.PutAsync("3fa9c0.avif", new MemoryStream([1]), "image/avif");
        await Store.DeleteAsync("3fa9c0.avif");

        using var read = new MemoryStream();
        await stream!.CopyToAsync(read);
        Assert.Equal(old, read.ToArray());
    }

    private string Leave(TimeSpan ago)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(_directory, ".incoming")).FullName, Guid.NewGuid().ToString("n"));
        File.WriteAllBytes(file, [1, 2]);
        File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime - ago);
        return file;
    }
}
