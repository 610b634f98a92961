namespace BlueTechWave.Web.Pages.Newsroom;

/// <summary>The desk: what waits for whoever has just come in.</summary>
public class IndexModel : NewsroomPageModel
{
    public void OnGet() => (Title, Here) = ("Desk", "Desk");
}
