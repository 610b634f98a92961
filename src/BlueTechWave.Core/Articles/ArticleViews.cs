namespace BlueTechWave.Core.Articles;

/// <summary>How often an article was read on one day (UTC). Nothing about who read it.</summary>
public class ArticleViews
{
    private ArticleViews()
    {
    }

    public ArticleViews(int articleId, DateOnly day, int count) => (ArticleId, Day, Count) = (articleId, day, count);

    public DateOnly Day { get; private set; }

    public int ArticleId { get; private set; }

    public int Count { get; private set; }

    public void Add(int count) => Count += count;
}
