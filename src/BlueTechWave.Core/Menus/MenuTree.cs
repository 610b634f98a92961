namespace BlueTechWave.Core.Menus;

/// <summary>The entries of one menu, to be put in another order. Positions are counted anew among siblings after each move.</summary>
public sealed class MenuTree(MenuPlace place, IEnumerable<MenuItem> items)
{
    private readonly List<MenuItem> _items = [.. items.Where(i => i.Place == place).OrderBy(i => i.Position).ThenBy(i => i.Id)];

    /// <summary>A footer has columns and what stands in them.</summary>
    public int DeepestLevel => place == MenuPlace.Footer ? 2 : MenuItem.DeepestLevel;

    public IReadOnlyList<MenuItem> Under(int? parent) => [.. _items.Where(i => i.ParentId == parent)];

    /// <summary>All entries as they are read, each with its level, from 1.</summary>
    public IEnumerable<(MenuItem Item, int Level)> All(int? parent = null, int level = 1) =>
        Under(parent).SelectMany(item => All(item.Id, level + 1).Prepend((item, level)));

    public bool MayGoUp(MenuItem item) => Under(item.ParentId)[0] != item;

    public bool MayGoDown(MenuItem item) => Under(item.ParentId)[^1] != item;

    /// <summary>Under the one before it.</summary>
    public bool MayGoIn(MenuItem item) => MayGoUp(item) && LevelOf(item) + Height(item) <= DeepestLevel;

    public static bool MayGoOut(MenuItem item) => item.ParentId is not null;

    /// <returns>False where it cannot go that way.</returns>
    public bool Move(MenuItem item, string way)
    {
        var level = Under(item.ParentId).ToList();
        var at = level.IndexOf(item);
        switch (way)
        {
            case "up" when MayGoUp(item): Place(item, item.ParentId, at - 1); break;
            case "down" when MayGoDown(item): Place(item, item.ParentId, at + 1); break;
            case "in" when MayGoIn(item): Place(item, level[at - 1].Id, int.MaxValue); break;
            case "out" when MayGoOut(item):
                var parent = Find(item.ParentId)!;
                Place(item, parent.ParentId, Under(parent.ParentId).ToList().IndexOf(parent) + 1);
                break;
            default: return false;
        }

        return true;
    }

    /// <summary>Puts it among the children of <paramref name="parent"/>.</summary>
    /// <returns>False under itself, or deeper than the menu goes.</returns>
    public bool Put(MenuItem item, int? parent, int position)
    {
        for (var above = Find(parent); above is not null; above = Find(above.ParentId))
            if (above == item) return false;
        if ((Find(parent) is { } under ? LevelOf(under) : 0) + Height(item) > DeepestLevel || (parent is not null && Find(parent) is null)) return false;

        Place(item, parent, position);
        return true;
    }

    public int LevelOf(MenuItem item) => Find(item.ParentId) is { } parent ? LevelOf(parent) + 1 : 1;

    private int Height(MenuItem item) => 1 + Under(item.Id).Select(Height).DefaultIfEmpty(0).Max();

    private MenuItem? Find(int? id) => id is null ? null : _items.Find(i => i.Id == id);

    private void Place(MenuItem item, int? parent, int position)
    {
        item.MoveUnder(Find(parent));
        var level = Under(parent).Where(i => i != item).ToList();
        level.Insert(Math.Clamp(position, 0, level.Count), item);
        for (var i = 0; i < level.Count; i++) level[i].PlaceAt(i);
        _items.Sort((one, other) => one.Position != other.Position ? one.Position.CompareTo(other.Position) : one.Id.CompareTo(other.Id));
    }
}
