namespace BlueTechWave.Web.Tests;

public class SmokeTests
{
    [Theory, EachStore]
    public async Task Opens(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.PublishManyAsync(3);
        Assert.Equal(3, (await site.FrameAsync()).ArticleCount);
        Assert.Equal("404", await site.Reader.AnswerAsync("/nowhere"));
    }
}
