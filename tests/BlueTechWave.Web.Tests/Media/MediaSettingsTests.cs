using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Tests.Pictures;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Tests.Media;

public class MediaSettingsTests
{
    private static readonly string[] Good =
        ["Media:Provider=S3", "Media:S3:ServiceUrl=http://127.0.0.1:9", "Media:S3:Bucket=pictures", "Media:S3:AccessKey=tester", "Media:S3:SecretKey=a-secret-of-tests", "Media:S3:Prefix=paper/pictures/"];

    [Fact]
    public async Task Pictures_live_in_the_data_directory_unless_somebody_says_otherwise()
    {
        await using var site = await NewsSite.OpenAsync();

        await Pictures(site).PutAsync("3fa9c0.avif", new MemoryStream([1]), "image/avif");

        Assert.True(File.Exists(Path.Combine(site.Folder, "pictures", "3f", "a9", "3fa9c0.avif")));
        Assert.Same(Pictures(site), Pictures(site));
    }

    [Fact]
    public async Task Pictures_live_in_the_bucket_that_is_named()
    {
        await using var bucket = await TestBucket.MakeAsync();
        await using var site = await NewsSite.OpenAsync(Store.Sqlite,
            "Media:Provider=S3", $"Media:S3:ServiceUrl={bucket.Place.ServiceUrl}", $"Media:S3:Bucket={bucket.Place.Bucket}", "Media:S3:AccessKey=tester", "Media:S3:SecretKey=s", "Media:S3:Prefix=paper/");

        await Pictures(site).PutAsync("3fa9c0.avif", new MemoryStream([1, 2, 3]), "image/avif");

        Assert.Equal(("image/avif", 3), await bucket.LookAsync("paper/3fa9c0.avif"));
        Assert.False(Directory.Exists(Path.Combine(site.Folder, "pictures")));
    }

    [Theory]
    [InlineData("Media:Provider=Tape", "Media:Provider")]
    [InlineData("Media:S3:ServiceUrl=", "Media:S3:ServiceUrl")]
    [InlineData("Media:S3:ServiceUrl=ftp://127.0.0.1", "Media:S3:ServiceUrl")]
    [InlineData("Media:S3:ServiceUrl=https://user:word@127.0.0.1", "Media:S3:ServiceUrl")]
    [InlineData("Media:S3:Bucket=", "Media:S3:Bucket")]
    [InlineData("Media:S3:Bucket=My Bucket", "Media:S3:Bucket")]
    [InlineData("Media:S3:Region=", "Media:S3:Region")]
    [InlineData("Media:S3:AccessKey=", "Media:S3:AccessKey")]
    [InlineData("Media:S3:SecretKey=", "Media:S3:SecretKey")]
    [InlineData("Media:S3:Prefix=pictures", "Media:S3:Prefix")]
    [InlineData("Media:S3:Prefix=/pictures/", "Media:S3:Prefix")]
    public async Task A_wrong_setting_stops_the_start_is_named_and_tells_no_secret(string setting, string named)
    {
        var wrong = await Assert.ThrowsAsync<OptionsValidationException>(() => NewsSite.OpenAsync(Store.Sqlite, [.. Good, setting]));

        Assert.Contains(named, Assert.Single(wrong.Failures));
        Assert.DoesNotContain("a-secret-of-tests", wrong.Message);
    }

    [Fact]
    public async Task Everything_that_a_bucket_lacks_is_named_at_once()
    {
        var wrong = await Assert.ThrowsAsync<OptionsValidationException>(() => NewsSite.OpenAsync(Store.Sqlite, "Media:Provider=S3"));

        foreach (var key in new[] { "ServiceUrl", "Bucket", "AccessKey", "SecretKey" }) Assert.Contains($"Media:S3:{key}", wrong.Message);
    }

    [Fact]
    public async Task A_whole_description_is_taken_and_what_is_said_of_a_bucket_does_not_matter_to_a_disk()
    {
        await using var onBucket = await NewsSite.OpenAsync(Store.Sqlite, Good);
        await using var onDisk = await NewsSite.OpenAsync(Store.Sqlite, "Media:Provider=Disk", "Media:S3:Bucket=My Bucket");

        Assert.IsType<S3PictureStore>(Pictures(onBucket));
        Assert.IsType<DiskPictureStore>(Pictures(onDisk));
    }

    private static IPictureStore Pictures(NewsSite site) => site.Services.GetRequiredService<IPictureStore>();
}
