using System.CommandLine;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Tests.Pictures;
using BlueTechWave.Web.Cli;

namespace BlueTechWave.Web.Tests.Cli;

public sealed class PictureVerbTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("btw-move-").FullName;
    private readonly DiskPictureStore _disk;

    public PictureVerbTests() => _disk = new(Path.Combine(_data, "pictures"));

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Pictures_are_moved_to_a_bucket_and_back()
    {
        await using var bucket = await TestBucket.MakeAsync();
        using var s3 = new S3PictureStore(bucket.Place with { Prefix = "paper/" });
        foreach (var name in new[] { "3fa9c0.avif", "77777.jpg", "abcde.png" }) await _disk.PutAsync(name, new MemoryStream(new byte[1500]), "");

        var copied = await MoveAsync(bucket.Place, "--from", "disk", "--to", "s3");
        Assert.Equal((0, ""), (copied.Code, copied.Refused));
        Assert.Contains("3 of 3 pictures, 4.5 kB of 4.5 kB, ", copied.Said);
        Assert.Contains("3 copied and read back, 0 there already.", copied.Said);
        Assert.Equal(3, await s3.ListAsync().CountAsync());
        Assert.Equal(3, await _disk.ListAsync().CountAsync());

        Assert.Contains("0 copied and read back, 3 there already.", (await MoveAsync(bucket.Place, "--from", "disk", "--to", "s3")).Said);

        await _disk.DeleteAsync("77777.jpg");
        var back = await MoveAsync(bucket.Place, "--from", "s3", "--to", "disk", "--delete");
        Assert.Contains("1 copied and read back, 2 there already, 3 removed from s3.", back.Said);
        Assert.Equal(0, await s3.ListAsync().CountAsync());
        Assert.Equal(3, await _disk.ListAsync().CountAsync());
    }

    [Fact]
    public async Task A_store_with_nothing_in_it_is_moved_at_once()
    {
        await using var bucket = await TestBucket.MakeAsync();

        var moved = await MoveAsync(bucket.Place, "--from", "disk", "--to", "s3", "--delete");

        Assert.Equal((0, ""), (moved.Code, moved.Refused));
        Assert.Contains("0 copied and read back, 0 there already, 0 removed from disk.", moved.Said);
    }

    [Fact]
    public async Task What_cannot_be_done_is_refused_in_one_line()
    {
        await using var bucket = await TestBucket.MakeAsync();
        await _disk.PutAsync("3fa9c0.avif", new MemoryStream([1]), "");

        Refuses(await MoveAsync(bucket.Place, "--from", "disk", "--to", "disk"), "need not be moved");
        Refuses(await MoveAsync(bucket.Place, "--from", "tape", "--to", "s3"), "no store of pictures");
        Refuses(await MoveAsync(bucket.Place with { SecretKey = "" }, "--from", "disk", "--to", "s3"), "Media:S3:SecretKey");
        Refuses(await MoveAsync(bucket.Place with { Bucket = "no-such-bucket" }, "--from", "disk", "--to", "s3", "--delete"), "bucket does not exist");
        Assert.Equal(1, (await MoveAsync(bucket.Place, "--from", "disk")).Code);
        Assert.Equal(1, await _disk.ListAsync().CountAsync());

        var help = await MoveAsync(bucket.Place, "--help");
        Assert.Equal(0, help.Code);
        foreach (var word in new[] { "Usage", "--from", "--to", "--delete" }) Assert.Contains(word, help.Said);
    }

    [Fact]
    public void Progress_says_how_many_how_much_how_fast_and_how_long()
    {
        Assert.Equal("1,200 of 4,800 pictures, 1.5 GB of 6.0 GB, 2.0 MB/s, 0:37:30 left", MoveProgress.Line(new(1_200, 4_800, 1_500_000_000, 6_000_000_000), TimeSpan.FromSeconds(750)));
        Assert.Equal("0 of 2 pictures, 0.0 kB of 0.9 kB, 0.0 kB/s, time left unknown", MoveProgress.Line(new(0, 2, 0, 900), TimeSpan.Zero));
    }

    private static void Refuses((int Code, string Said, string Refused) answer, string why)
    {
        Assert.Equal(1, answer.Code);
        Assert.Contains(why, Assert.Single(answer.Refused.Trim().Split('\n')));
    }

    private async Task<(int Code, string Said, string Refused)> MoveAsync(S3Place place, params string[] how)
    {
        using StringWriter said = new(), refused = new();
        var code = await Verbs.RunAsync(
        [
            "picture", "move", .. how, "--environment=Production", $"--contentRoot={Checkout.Web}", "--applicationName=BlueTechWave.Web", "--Serilog:MinimumLevel:Default=Fatal", $"--Site:DataDirectory={_data}",
            $"--Media:S3:ServiceUrl={place.ServiceUrl}", $"--Media:S3:Bucket={place.Bucket}", $"--Media:S3:AccessKey={place.AccessKey}", $"--Media:S3:SecretKey={place.SecretKey}", "--Media:S3:Prefix=paper/",
        ], new InvocationConfiguration { Output = said, Error = refused });
        Assert.DoesNotContain(place.SecretKey is "" ? "a-secret-of-tests" : place.SecretKey, said.ToString() + refused);
        return (code, said.ToString(), refused.ToString());
    }
}
