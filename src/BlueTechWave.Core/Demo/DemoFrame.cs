using BlueTechWave.Core.Data;
using BlueTechWave.Core.Menus;
using BlueTechWave.Core.Pages;
using BlueTechWave.Core.Settings;

namespace BlueTechWave.Core.Demo;

/// <summary>What stands around the pages: settings, menus, accounts elsewhere.</summary>
internal sealed class DemoFrame(NewsDbContext db, DemoCast cast, IReadOnlyDictionary<string, StandingPage> pages)
{
    private const string Source = nameof(DemoFrame);
    private const string Tagline = "The networks, rules and companies that carry the internet.";
    private const string FooterText =
        "Blue Tech Wave (BTW.Media) is a tech newsroom that turns complexity into clarity. We report on the cables, clouds, rules "
        + "and companies behind the internet, in text, sound and film, for the people who depend on them.";

    private int _placed;

    public void Arrange()
    {
        var settings = new SiteSettings();
        settings.Introduce(Tagline, FooterText);
        db.Settings.Add(settings);
        FillHeader();
        FillFooter();
        LinkElsewhere();
    }

    private void FillHeader()
    {
        Place(MenuPlace.Header, null, "Home", url: "/");
        Sections(null, "leadership-alliance", "exclusives");
        Section(null, "internet-governance", "regulation", "governance-bodies", "emerging-tech");
        Section(null, "it-infrastructure", "networking", "cloud", "data-centres");
        Section(null, "company-stories", "profiles", "startups", "tech-titans", "partner-content");

        var others = Place(MenuPlace.Header, null, "Others");
        Section(others, "fintech", "blockchain", "payments", "regulation");
        Section(others, "tech-trends", "ai", "ar-vr", "iot");
        Sections(others, "video-podcast");
    }

    private void FillFooter()
    {
        Pages("BTW", "about", "contact", "join");
        Pages("TERMS", "privacy", "cookies", "terms");

        var read = Place(MenuPlace.Footer, null, "Read");
        Place(MenuPlace.Footer, read, "Archives", url: "/archives");
        Place(MenuPlace.Footer, read, "Search", url: "/search");
        Place(MenuPlace.Footer, read, "", page: Page("corrections"));
        Place(MenuPlace.Footer, read, "RSS feed", url: "/feed");
    }

    private void LinkElsewhere() => db.SocialLinks.AddRange(
        new SocialLink("facebook", "Facebook", "https://www.facebook.com/btw.example", headerPosition: 0, footerPosition: 0),
        new SocialLink("linkedin", "LinkedIn", "https://www.linkedin.com/company/btw.example", headerPosition: 1, footerPosition: 4),
        new SocialLink("youtube", "YouTube", "https://www.youtube.com/@btw.example", headerPosition: 2, footerPosition: 3),
        new SocialLink("instagram", "Instagram", "https://www.instagram.com/btw.example", headerPosition: 3, footerPosition: 2),
        new SocialLink("x", "X (Twitter)", "https://x.com/btw.example", headerPosition: 4, footerPosition: 1));

    private void Section(MenuItem? under, string path, params string[] children)
    {
        var section = Place(MenuPlace.Header, under, "", path);
        Sections(section, [.. children.Select(child => $"{path}/{child}")]);
    }

    private void Sections(MenuItem? under, params string[] paths)
    {
        foreach (var path in paths) Place(MenuPlace.Header, under, "", path);
    }

    private void Pages(string heading, params string[] slugs)
    {
        var column = Place(MenuPlace.Footer, null, heading);
        foreach (var slug in slugs) Place(MenuPlace.Footer, column, "", page: Page(slug));
    }

    private MenuItem Place(MenuPlace place, MenuItem? under, string label, string? category = null, StandingPage? page = null, string? url = null)
    {
        // Numbered through: only the order among neighbours counts.
        var item = new MenuItem(place, label, _placed++, under, category is null ? null : cast.Category(category, Source), page, url);
        db.MenuItems.Add(item);
        return item;
    }

    private StandingPage Page(string slug) => pages.GetValueOrDefault(slug) ?? throw DemoContent.Fault(Source, $"no page “{slug}”.");
}
