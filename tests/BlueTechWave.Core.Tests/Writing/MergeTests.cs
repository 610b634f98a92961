using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Writing;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace BlueTechWave.Core.Tests.Writing;

/// <summary>Two people write in one article: nobody's words are lost.</summary>
public class MergeTests
{
    private static readonly Manuscript Base = new()
    {
        Headline = "Routers learn to swim",
        KeyPoints = ["They swim.", "They float."],
        Body = "## What happened\n\nOn Wednesday a router swam.\n\nIt was observed.\n\n## Why it’s important\n\nNobody knows.\n",
        Tags = ["IPv6"],
    };

    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(40);

    [Fact]
    public void Edits_to_different_fields_and_blocks_both_stand()
    {
        var mine = Base with { Body = Base.Body.Replace("a router swam", "a router swam a mile", StringComparison.Ordinal), Tags = ["IPv6", "Sport"] };
        var theirs = Base with { Headline = "Routers have learnt to swim", Body = Base.Body.Replace("Nobody knows", "Everybody knows", StringComparison.Ordinal), KeyPoints = ["They swim.", "They float.", "They sink."] };

        var merge = ManuscriptMerge.Of(Base, mine, theirs);

        Assert.Empty(merge.Overlaps);
        Assert.Equal("Routers have learnt to swim", merge.Text.Headline);
        Assert.Equal("## What happened\n\nOn Wednesday a router swam a mile.\n\nIt was observed.\n\n## Why it’s important\n\nEverybody knows.\n", merge.Text.Body);
        Assert.Equal(["They swim.", "They float.", "They sink."], merge.Text.KeyPoints);
        Assert.Equal(["IPv6", "Sport"], merge.Text.Tags);
    }

    [Fact]
    public void Neighbouring_blocks_are_different_blocks()
    {
        var mine = Base with { Body = Base.Body.Replace("a router swam", "a router dived", StringComparison.Ordinal) };
        var theirs = Base with { Body = Base.Body.Replace("It was observed.", "It was observed.\n\nTwice.", StringComparison.Ordinal) };

        var merge = ManuscriptMerge.Of(Base, mine, theirs);

        Assert.Empty(merge.Overlaps);
        Assert.Contains("a router dived.\n\nIt was observed.\n\nTwice.\n\n## Why", merge.Text.Body);
    }

    [Fact]
    public void Two_paragraphs_added_at_the_end_stay_two_paragraphs()
    {
        var merge = ManuscriptMerge.Of(Base, Base with { Body = Base.Body + "\nMine." }, Base with { Body = Base.Body + "\nTheirs." });

        Assert.Empty(merge.Overlaps);
        Assert.EndsWith("Nobody knows.\n\nTheirs.\n\nMine.", merge.Text.Body);
    }

    [Fact]
    public void A_block_changed_by_both_is_an_overlap_with_both_texts()
    {
        var mine = Base with { Body = Base.Body.Replace("swam", "dived", StringComparison.Ordinal), Headline = "Mine" };
        var theirs = Base with { Body = Base.Body.Replace("swam", "drowned", StringComparison.Ordinal), Headline = "Theirs" };

        var merge = ManuscriptMerge.Of(Base, mine, theirs);

        Assert.Equal(["Headline", "Body"], merge.Overlaps.Select(o => o.Field));
        Assert.Equal((mine.Body, theirs.Body), (merge.Overlaps[1].Mine, merge.Overlaps[1].Theirs));
    }

    [Fact]
    public void The_same_change_made_twice_is_one_change()
    {
        var both = Base with { Body = Base.Body + "\nThe end.\n", KeyPoints = ["They swim."], Headline = "Swim" };

        var merge = ManuscriptMerge.Of(Base, both, both with { Summary = "In short." });

        Assert.Empty(merge.Overlaps);
        Assert.Equal(both.Body, merge.Text.Body);
        Assert.Equal("In short.", merge.Text.Summary);
    }

    [Fact]
    public void A_fence_and_a_container_are_one_block_with_their_empty_lines()
    {
        const string Text = "A\n\n```c\nint a;\n\nint b;\n```\n\n::: note\nOne.\n\nTwo.\n:::\n\nB";

        Assert.Equal(["A\n", "\n", "```c\nint a;\n\nint b;\n```\n", "\n", "::: note\nOne.\n\nTwo.\n:::\n", "\n", "B"], MarkdownBlocks.Split(Text));
    }

    [Fact]
    public void Any_text_cut_into_blocks_is_that_text_again() => Prop.ForAll(
        Gen.Elements("word", " ", "\n", "\n\n", "```\n", "~~~", ":::", "::: note\n", "\t", "é", "- ", "`").ListOf().Select(string.Concat).ToArbitrary(),
        text => Assert.Equal(text, string.Concat(MarkdownBlocks.Split(text)))).Check(Often);

    /// <summary>Each piece is unlike every other, so that one can be followed through the merge.</summary>
    [Fact]
    public void No_edit_is_lost_whatever_two_writers_do() => Prop.ForAll(Edits.ToArbitrary(), edits =>
    {
        var (was, mine, theirs) = edits;
        var merged = ThreeWay.Merge(was, mine, theirs);
        var (kept, keptTheirs) = (merged.SelectMany(s => s.Mine).ToList(), merged.SelectMany(s => s.Theirs).ToList());

        Assert.Empty(mine.Except(was).Except(kept));
        Assert.Empty(theirs.Except(was).Except(keptTheirs));
        Assert.Empty(was.Intersect(mine).Intersect(theirs).Except(kept));
        // What one has taken away, and the other has not touched, is gone.
        var untouched = merged.Where(s => !s.IsOverlap).SelectMany(s => s.Mine).ToList();
        Assert.Empty(untouched.Intersect(was.Except(mine).Union(was.Except(theirs))));
        Assert.Equal(untouched.Count, untouched.Distinct().Count());
    }).Check(Often);

    [Fact]
    public void Writers_who_keep_to_different_blocks_never_meet() => Prop.ForAll(
        Gen.Choose(1, 12).SelectMany(n => Gen.Elements(0, 1, 2).ListOf(n)).ToArbitrary(),
        turns =>
        {
            var was = turns.Select((_, i) => $"{i}").ToList();
            var mine = was.Select((p, i) => turns[i] == 1 ? p + " mine" : p).ToList();
            var theirs = was.Select((p, i) => turns[i] == 2 ? p + " theirs" : p).ToList();

            var merged = ThreeWay.Merge(was, mine, theirs);

            Assert.DoesNotContain(merged, s => s.IsOverlap);
            Assert.Equal(was.Select((p, i) => turns[i] switch { 1 => p + " mine", 2 => p + " theirs", _ => p }), merged.SelectMany(s => s.Mine));
        }).Check(Often);

    private static Gen<(List<string> Was, List<string> Mine, List<string> Theirs)> Edits =>
        Gen.Choose(0, 12).SelectMany(n =>
        {
            var was = Enumerable.Range(0, n).Select(i => $"block {i}").ToList();
            return Edited(was, "mine").SelectMany(mine => Edited(was, "theirs").Select(theirs => (was, mine, theirs)));
        });

    /// <summary>Each block is left, changed or taken away, and something may be put before it.</summary>
    private static Gen<List<string>> Edited(List<string> was, string by) => Gen.Choose(0, 5).ListOf(was.Count + 1).Select(dice =>
    {
        var now = new List<string>();
        for (var i = 0; i <= was.Count; i++)
        {
            if (dice[i] is 0) now.Add($"new before {i} by {by}");
            if (i == was.Count || dice[i] is 1) continue;
            now.Add(dice[i] is 2 ? $"{was[i]} by {by}" : was[i]);
        }

        return now;
    });
}
