namespace BlueTechWave.Core.Comments;

/// <summary>What the desk's rules make of a comment as it comes in.</summary>
/// <param name="Because">Which rule; empty where none had to speak.</param>
/// <param name="Score">How likely it is spam, 0 to 1; null where the scorer is off.</param>
/// <param name="Refusal">Told to its writer, where it is not taken at all.</param>
public sealed record Verdict(CommentState State, string Because, double? Score = null, string? Refusal = null);
