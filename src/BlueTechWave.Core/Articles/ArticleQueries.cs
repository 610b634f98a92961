using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Articles;

public static class ArticleQueries
{
    extension(IQueryable<Article> articles)
    {
        /// <summary>
        /// What readers may see. Listings and the search index hold exactly these. The state is no way in, being that of nearly
        /// all: SQLite would take its index for the narrowest, and walk the archive for twenty cards.
        /// </summary>
        public IQueryable<Article> Published() => articles.Where(a => (int)a.Status + 0 == (int)ArticleStatus.Published && a.PublishedAt != null);

        public IQueryable<Article> At(int year, int month, string slug) =>
            articles.Where(a => a.Year == year && a.Month == month && a.Slug == slug);

        /// <summary>With everything that is written in it: what a save of its text needs. Tracked.</summary>
        public IQueryable<Article> Whole() => articles
            .Include(a => a.Category)
            .Include(a => a.Bylines).ThenInclude(b => b.Author)
            .Include(a => a.FurtherCategories).ThenInclude(f => f.Category)
            .Include(a => a.Tags).ThenInclude(t => t.Tag)
            .Include(a => a.Links)
            .AsSplitQuery();
    }
}
