using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;

namespace BlueTechWave.Web.Pages.Newsroom.Articles;

/// <summary>What may be done to several articles at once, in an editor's words.</summary>
internal static class SeveralWords
{
    private static readonly IReadOnlyList<(SeveralAct Act, string Words, Act Needed)> All =
    [
        (SeveralAct.Submit, "Submit for review", Act.Write),
        (SeveralAct.SendBack, "Send back", Act.SendBack),
        (SeveralAct.Publish, "Publish", Act.Publish),
        (SeveralAct.Unpublish, "Unpublish", Act.Unpublish),
        (SeveralAct.AddTag, "Add a tag", Act.Write),
        (SeveralAct.RemoveTag, "Remove a tag", Act.Write),
        (SeveralAct.FileUnder, "File under a category", Act.Write),
        (SeveralAct.Discard, "Move to the trash", Act.Write),
        (SeveralAct.BringBack, "Bring back from the trash", Act.Write),
    ];

    public static string Of(SeveralAct act) => All.First(a => a.Act == act).Words;

    public static IEnumerable<(SeveralAct Act, string Words)> OfferedTo(Who who) => All.Where(a => who.May(a.Needed)).Select(a => (a.Act, a.Words));
}
