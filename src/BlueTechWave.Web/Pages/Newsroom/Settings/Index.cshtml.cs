using BlueTechWave.Core.Accounts;
using BlueTechWave.Web.Security;

namespace BlueTechWave.Web.Pages.Newsroom.Settings;

/// <summary>What there is to set, as far as it is hers to set.</summary>
[May(Act.ManageTemplates)]
public class SettingsModel : NewsroomPageModel
{
    public void OnGet() => (Title, Here) = ("Settings", "Settings");
}
