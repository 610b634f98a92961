using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace BlueTechWave.Core.Exchange.Folder;

/// <summary>
/// Taking in a folder is no act of this newsroom: what comes was published, corrected and answered elsewhere, when and by whom it
/// says. So it is filled in as the store itself fills in what it reads, and no verb is called that would record today.
/// </summary>
internal static class AsItWas
{
    public static EntityEntry<T> Was<T, TValue>(this EntityEntry<T> entry, Expression<Func<T, TValue>> property, TValue value) where T : class
    {
        entry.Property(property).CurrentValue = value;
        return entry;
    }
}
