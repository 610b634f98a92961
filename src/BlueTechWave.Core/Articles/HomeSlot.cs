namespace BlueTechWave.Core.Articles;

/// <summary>A place on the home page that an editor has filled by hand. Position 0 is the lead. Times are UTC.</summary>
public class HomeSlot
{
    private HomeSlot()
    {
    }

    public HomeSlot(int position, Article article, DateTime? from = null, DateTime? until = null) =>
        (Position, Article, From, Until) = (position, article, from, until);

    public int Id { get; private set; }

    public int Position { get; private set; }

    public int ArticleId { get; private set; }

    public Article Article { get; private set; } = null!;

    public DateTime? From { get; private set; }

    public DateTime? Until { get; private set; }

    public void PlaceAt(int position) => Position = position;

    public void Last(DateTime? from, DateTime? until) => (From, Until) = (from, until);
}
