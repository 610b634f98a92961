using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Routing.Constraints;

namespace BlueTechWave.Web.Pages;

/// <summary>What the parts of our addresses look like, and the second addresses of pages: a listing's further pages.</summary>
internal static partial class Routes
{
    private const string Number = "page/{number:number}";
    private const string Year = "{year:year}";
    private const string Month = "{month:month}";

    public static void AddPartsOfAddresses(this RouteOptions routing)
    {
        routing.ConstraintMap["year"] = typeof(YearConstraint);
        routing.ConstraintMap["month"] = typeof(MonthConstraint);
        routing.ConstraintMap["number"] = typeof(NumberConstraint);
        routing.ConstraintMap["standing"] = typeof(StandingConstraint);
    }

    public static void AddFurtherPages(this PageConventionCollection pages)
    {
        pages.AddPageRoute("/Index", Number);
        pages.AddPageRoute("/Tag", $"tag/{{slug}}/{Number}");
        pages.AddPageRoute("/Author", $"author/{{slug}}/{Number}");
        pages.AddPageRoute("/Corrections", $"corrections/{Number}");
        pages.AddPageRoute("/Year", $"{Year}/{Number}");
        pages.AddPageRoute("/Month", $"{Year}/{Month}/{Number}");
        pages.AddPageRoute("/Newsroom/Settings/Template", "newsroom/settings/templates/new");
        pages.AddPageRoute("/Newsroom/Settings/Webhook", "newsroom/settings/webhooks/new");
        pages.AddPageRoute("/Newsroom/Redirects/Redirect", "newsroom/redirects/new");
        pages.AddPageRoute("/Newsroom/Menus/Entry", "newsroom/menus/new");
        pages.AddPageRoute("/Newsroom/Authors/Author", "newsroom/authors/new");
        pages.AddPageRoute("/Newsroom/Standing/Standing", "newsroom/pages/new");
        pages.AddPageRoute("/Newsroom/Categories/Category", "newsroom/categories/new");
        pages.AddPageRoute("/Newsroom/Articles/Editor", "newsroom/articles/new");
    }

    /// <summary>1000 to 2999.</summary>
    public sealed partial class YearConstraint() : RegexRouteConstraint(Pattern)
    {
        [GeneratedRegex("^[12][0-9]{3}$")]
        private static partial Regex Pattern { get; }
    }

    /// <summary>01 to 12.</summary>
    public sealed partial class MonthConstraint() : RegexRouteConstraint(Pattern)
    {
        [GeneratedRegex("^(0[1-9]|1[0-2])$")]
        private static partial Regex Pattern { get; }
    }

    /// <summary>A page's number: one spelling each, and none that could overflow.</summary>
    public sealed partial class NumberConstraint() : RegexRouteConstraint(Pattern)
    {
        [GeneratedRegex("^[1-9][0-9]{0,5}$")]
        private static partial Regex Pattern { get; }
    }

    /// <summary>The name of a standing page: whatever could not be a year.</summary>
    public sealed partial class StandingConstraint() : RegexRouteConstraint(Pattern)
    {
        [GeneratedRegex("^(?![0-9]{4}$)[a-z0-9_-]{1,200}$")]
        private static partial Regex Pattern { get; }
    }
}
