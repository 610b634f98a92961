namespace BlueTechWave.Core.Articles;

public static class ArticleQueries
{
    extension(IQueryable<Article> articles)
    {
        /// <summary>What readers may see. Listings and the search index hold exactly these.</summary>
        public IQueryable<Article> Published() => articles.Where(a => a.Status == ArticleStatus.Published && a.PublishedAt != null);

        public IQueryable<Article> At(int year, int month, string slug) =>
            articles.Where(a => a.Year == year && a.Month == month && a.Slug == slug);
    }
}
