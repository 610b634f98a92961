using BlueTechWave.Core.Comments;

namespace BlueTechWave.Web.Pages.Newsroom.Comments;

/// <summary>Whose comments wait, in an editor's words.</summary>
internal static class PolicyWords
{
    public static readonly IReadOnlyList<(CommentPolicy Policy, string Name)> All =
    [
        (CommentPolicy.HoldAll, "Every comment waits for an editor"),
        (CommentPolicy.HoldFirstTimers, "The first of each writer waits"),
        (CommentPolicy.Open, "Only what a rule or the scorer holds waits"),
        (CommentPolicy.Off, "Nobody comments"),
    ];

    public static string NameOf(CommentPolicy policy) => All.First(p => p.Policy == policy).Name;
}
