using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace BlueTechWave.Core.Data;

/// <summary>
/// The answer to a statement written by hand, read row by row. Asked as a query, EF would write the statement anew each time,
/// which takes longer than the store needs to answer it; interceptors see it all the same.
/// </summary>
internal static class Statements
{
    /// <param name="values">For <c>{0}</c>, <c>{1}</c>, … in the statement; never written into it.</param>
    public static async Task<List<T>> RowsAsync<T>(NewsDbContext db, string statement, object[] values, Func<DbDataReader, T> row, CancellationToken cancellation)
    {
        var raw = db.GetService<IRawSqlCommandBuilder>().Build(statement, values, db.Model);
        var asked = new RelationalCommandParameterObject(db.GetService<IRelationalConnection>(), raw.ParameterValues, null, db, db.GetService<IRelationalCommandDiagnosticsLogger>());
        await using var answer = await raw.RelationalCommand.ExecuteReaderAsync(asked, cancellation);
        var rows = new List<T>();
        while (await answer.ReadAsync(cancellation)) rows.Add(row(answer.DbDataReader));
        return rows;
    }
}
