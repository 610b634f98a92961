using BlueTechWave.Core.Comments;

namespace BlueTechWave.Web.Pages.Newsroom.Comments;

/// <summary>What the buttons of the desk say to the site.</summary>
internal static class DecisionWords
{
    /// <summary>Null for what is no decision.</summary>
    public static CommentState? Of(string? act) => act switch
    {
        "approve" => CommentState.Approved,
        "reject" => CommentState.Rejected,
        "spam" => CommentState.Spam,
        _ => null,
    };

    /// <summary>The reason as it is kept.</summary>
    public static string Because(string? typed) =>
        (typed ?? "").Trim() is var reason && reason.Length > Comment.BecauseLength ? reason[..Comment.BecauseLength] : reason;
}
