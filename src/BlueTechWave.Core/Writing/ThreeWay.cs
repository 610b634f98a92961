using DiffPlex;
using DiffPlex.Model;

namespace BlueTechWave.Core.Writing;

/// <summary>
/// A stretch of a merged text: agreed, or one on which two writers differ. <see cref="Mine"/> and <see cref="Theirs"/>
/// are what each made of <see cref="Base"/>.
/// </summary>
public sealed record Stretch(bool IsOverlap, IReadOnlyList<string> Base, IReadOnlyList<string> Mine, IReadOnlyList<string> Theirs)
{
    public static Stretch Agreed(IReadOnlyList<string> pieces) => new(false, pieces, pieces, pieces);
}

/// <summary>
/// Merges two versions that began from the same one, piece by piece (diff3). Changes to different pieces both stand,
/// also where the pieces touch; two insertions in the same place stand one after the other. Only a piece that both
/// changed, each in another way, is an overlap.
/// </summary>
public static class ThreeWay
{
    private sealed record Change(int Start, int End, IReadOnlyList<string> Now);

    public static IReadOnlyList<Stretch> Merge(IReadOnlyList<string> @base, IReadOnlyList<string> mine, IReadOnlyList<string> theirs)
    {
        var (myChanges, theirChanges) = (Changes(@base, mine), Changes(@base, theirs));
        var merged = new List<Stretch>();
        var (at, i, j) = (0, 0, 0);
        while (i < myChanges.Count || j < theirChanges.Count)
        {
            if (AreOneInsertion(i, j))
            {
                // Both put the same words in the same place.
                i++;
                continue;
            }

            var mineFirst = j >= theirChanges.Count || (i < myChanges.Count && ComesFirst(myChanges[i], theirChanges[j]));
            var first = mineFirst ? myChanges[i] : theirChanges[j];
            var (start, end) = (first.Start, first.End);
            List<Change> my = [], their = [];
            (mineFirst ? my : their).Add(first);
            if (mineFirst) i++;
            else j++;

            // Whatever reaches into the stretch belongs to it, and may make it longer.
            for (var grew = true; grew;)
            {
                grew = Take(myChanges, ref i, my) | Take(theirChanges, ref j, their);
            }

            if (start > at) merged.Add(Stretch.Agreed(Slice(at, start)));
            merged.Add(Decide(Slice(start, end), Apply(start, end, my), Apply(start, end, their), my.Count > 0, their.Count > 0));
            at = end;

            bool Take(List<Change> from, ref int next, List<Change> to)
            {
                if (next >= from.Count || from[next].Start >= end || first.Start == first.End) return false;
                to.Add(from[next]);
                end = Math.Max(end, from[next++].End);
                return true;
            }
        }

        if (at < @base.Count) merged.Add(Stretch.Agreed(Slice(at, @base.Count)));
        return merged;

        bool AreOneInsertion(int my, int their) =>
            my < myChanges.Count && their < theirChanges.Count && myChanges[my] is { } a && theirChanges[their] is { } b &&
            a.Start == a.End && b.Start == b.End && a.Start == b.Start && a.Now.SequenceEqual(b.Now);

        List<string> Slice(int from, int to) => [.. @base.Skip(from).Take(to - from)];

        List<string> Apply(int from, int to, List<Change> changes)
        {
            var now = new List<string>();
            foreach (var change in changes)
            {
                now.AddRange(Slice(from, change.Start));
                now.AddRange(change.Now);
                from = change.End;
            }

            now.AddRange(Slice(from, to));
            return now;
        }
    }

    private static Stretch Decide(List<string> @base, List<string> mine, List<string> theirs, bool iChanged, bool theyChanged)
    {
        if (!theyChanged || mine.SequenceEqual(theirs)) return Stretch.Agreed(mine);
        return iChanged ? new(true, @base, mine, theirs) : Stretch.Agreed(theirs);
    }

    // An insertion stands before a change that begins where it is put; theirs before mine, since theirs was there first.
    private static bool ComesFirst(Change mine, Change theirs) =>
        mine.Start != theirs.Start ? mine.Start < theirs.Start : mine.Start == mine.End && theirs.Start < theirs.End;

    private static List<Change> Changes(IReadOnlyList<string> old, IReadOnlyList<string> now)
    {
        // The differ wants two texts to cut; these are cut already, and no sign between them could be told from the text.
        var diff = new Differ().CreateDiffs(nameof(old), nameof(now), ignoreWhiteSpace: false, ignoreCase: false, new Cut(old, now));
        return [.. diff.DiffBlocks.Select(b => new Change(b.DeleteStartA, b.DeleteStartA + b.DeleteCountA, Inserted(b)))];

        IReadOnlyList<string> Inserted(DiffBlock block) => [.. now.Skip(block.InsertStartB).Take(block.InsertCountB)];
    }
}

/// <summary>Lets the differ compare what is cut into pieces already.</summary>
internal sealed class Cut(IReadOnlyList<string> old, IReadOnlyList<string> now) : IChunker
{
    public IReadOnlyList<string> Chunk(string text) => text == nameof(old) ? old : now;
}
