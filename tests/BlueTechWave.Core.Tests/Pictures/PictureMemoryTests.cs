using BlueTechWave.Core.Pictures;
using Xunit;

namespace BlueTechWave.Core.Tests.Pictures;

/// <summary>Alone in the process, since what others allocate would count as well.</summary>
[CollectionDefinition(nameof(PictureMemoryTests), DisableParallelization = true)]
[Collection(nameof(PictureMemoryTests))]
public class PictureMemoryTests
{
    private const int Length = 20_000_000;

    [Fact]
    public async Task A_large_picture_goes_to_the_disk_and_back_through_a_small_window()
    {
        var directory = Directory.CreateTempSubdirectory("btw-pictures-").FullName;
        await GoesThroughASmallWindowAsync(new DiskPictureStore(directory));
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_large_picture_goes_to_the_bucket_and_back_through_a_small_window()
    {
        await using var bucket = await TestBucket.MakeAsync();
        using var store = new S3PictureStore(bucket.Place);
        await GoesThroughASmallWindowAsync(store);
    }

    private static async Task GoesThroughASmallWindowAsync(IPictureStore store)
    {
        var bytes = new byte[Length];
        new Random(Length).NextBytes(bytes);
        // What is made once per process is not of this picture.
        await store.PutAsync("00000.avif", new Dripping([1, 2, 3]), "image/avif");
        await CountAsync(await store.OpenAsync("00000.avif"), [1, 2, 3]);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        await store.PutAsync("3fa9c0.avif", new MemoryStream(bytes), "image/avif");
        await store.PutAsync("3fa9c1.avif", new Dripping(bytes), "image/avif");
        await CountAsync(await store.OpenAsync("3fa9c0.avif"), bytes);
        await CountAsync(await store.OpenAsync("3fa9c1.avif"), bytes);

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, Length / 4);
    }

    private static async Task CountAsync(Stream? stream, byte[] same)
    {
        await using (stream)
        {
            var (window, at) = (new byte[1 << 16], 0);
            while (await stream!.ReadAsync(window) is > 0 and var read)
            {
                Assert.True(window.AsSpan(0, read).SequenceEqual(same.AsSpan(at, read)));
                at += read;
            }

            Assert.Equal(same.Length, at);
        }
    }
}
