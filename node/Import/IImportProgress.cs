namespace Footprint.Grid.Node.Import;

/// <summary>Is told how an import goes.</summary>
internal interface IImportProgress
{
    void Report(ImportCounts counts);

    void Report(LineFault fault);
}
