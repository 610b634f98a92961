using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace BlueTechWave.Web.Pages;

/// <summary>The further pages of listings: the same page under a second address.</summary>
internal static class Routes
{
    private const string Number = @"page/{number:regex(^[[1-9]]\d{{0,5}}$)}";
    private const string Year = @"{year:regex(^[[12]]\d{{3}}$)}";
    private const string Month = @"{month:regex(^(0[[1-9]]|1[[0-2]])$)}";

    public static void AddFurtherPages(this PageConventionCollection pages)
    {
        pages.AddPageRoute("/Index", Number);
        pages.AddPageRoute("/Tag", $"tag/{{slug}}/{Number}");
        pages.AddPageRoute("/Author", $"author/{{slug}}/{Number}");
        pages.AddPageRoute("/Year", $"{Year}/{Number}");
        pages.AddPageRoute("/Month", $"{Year}/{Month}/{Number}");
    }
}
