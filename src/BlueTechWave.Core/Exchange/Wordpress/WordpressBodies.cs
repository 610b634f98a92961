namespace BlueTechWave.Core.Exchange.Wordpress;

/// <summary>The texts of one site: who its own addresses are, and where its pictures lie.</summary>
internal sealed class WordpressBodies(IncomingSite site, WordpressPictures pictures)
{
    public string SiteName => site.Name;

    /// <summary>An address of the site's own, without the site.</summary>
    public string Inside(string address) => WordpressBody.Inside(address, site.Address);

    /// <param name="id">Of the article or page: a gallery may show all that was brought for it.</param>
    public IncomingBody Article(string html, string id) => new(html, source => WordpressBody.Set(source, site.Address, pictures, id), source => pictures.In(source, id));

    public IncomingBody Comment(string html) => new(html, source => WordpressBody.SetComment(source, site.Address));
}
