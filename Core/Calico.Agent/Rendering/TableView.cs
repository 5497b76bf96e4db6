using Spectre.Console;
using Spectre.Console.Rendering;

namespace Calico.Agent.Rendering;

/// <summary>A column: its heading, and what it shows of a row.</summary>
/// <param name="Heading">In capitals.</param>
/// <param name="Show">The text of a cell.</param>
/// <param name="IsNumber">Whether it stands to the right.</param>
internal sealed record Column<T>(string Heading, Func<T, string> Show, bool IsNumber = false);

/// <summary>Makes tables: columns under headings, without lines between them, so that a row is a line.</summary>
internal static class TableView
{
    public static IRenderable Of<T>(IReadOnlyList<Column<T>> columns, IEnumerable<T> rows)
    {
        Table table = Empty();
        foreach (Column<T> column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column.Heading, new Style(decoration: Decoration.Bold)) { Overflow = Overflow.Ellipsis })
            {
                Alignment = column.IsNumber ? Justify.Right : Justify.Left,
                Padding = new Padding(0, 0, 2, 0),
                NoWrap = true,
            });
        }

        foreach (T row in rows)
        {
            table.AddRow(columns.Select(column => new Text(OneLine(column.Show(row))) { Overflow = Overflow.Ellipsis }));
        }

        return table;
    }

    /// <summary>One thing: what is known of it, a line each.</summary>
    public static IRenderable Of(IEnumerable<(string Name, string Value)> facts)
    {
        Table table = Empty().HideHeaders();
        table.AddColumn(new TableColumn("") { Padding = new Padding(0, 0, 2, 0), NoWrap = true });
        table.AddColumn(new TableColumn("") { Padding = new Padding(0, 0, 0, 0) });
        foreach ((string name, string value) in facts)
        {
            table.AddRow(new Text(name, new Style(decoration: Decoration.Bold)), new Text(OneLine(value)));
        }

        return table;
    }

    private static Table Empty() => new() { Border = TableBorder.None, ShowRowSeparators = false };

    // What comes from plugins and resources may hold anything: no text of theirs draws on the screen.
    private static string OneLine(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)) : text;
}
