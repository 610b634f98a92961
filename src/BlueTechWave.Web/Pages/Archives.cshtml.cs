using BlueTechWave.Core.Data;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;

namespace BlueTechWave.Web.Pages;

public class ArchivesPage : ReaderPageModel
{
    public void OnGet()
    {
        Shows(Notice.Counts);
        Head = new() { Title = "Archives", Description = "Everything we have published, by month and by category.", Canonical = To.Archives, Crumbs = [new("Home", To.Home), new("Archives", null)] };
    }
}
