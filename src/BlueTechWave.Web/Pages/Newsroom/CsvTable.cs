using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace BlueTechWave.Web.Pages.Newsroom;

/// <summary>A table of any length as a file (RFC 4180), sent as it is read.</summary>
public sealed class CsvTable(IReadOnlyList<string> header, IAsyncEnumerable<string[]> rows, string name) : IActionResult
{
    private const int RowsAtOnce = 200;

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        // Spreadsheets take a file for UTF-8 only if it says so.
        await using var to = new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await to.WriteAsync(Line(header));
        var written = 0;
        await foreach (var row in rows.WithCancellation(context.HttpContext.RequestAborted))
        {
            await to.WriteAsync(Line(row));
            if (++written % RowsAtOnce == 0) await to.FlushAsync();
        }
    }

    internal static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    /// <summary>What a spreadsheet would take for a formula is told to be text.</summary>
    private static string Cell(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
