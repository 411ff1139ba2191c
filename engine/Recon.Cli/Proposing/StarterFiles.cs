// The data of a pack that is made without any: a shop's ledger and its bank, so that it runs at once.
namespace Recon.Cli.Proposing;

static class StarterFiles
{
    internal const string Ledger = """
        entry,invoice,customer,amount,booked
        L-1001,RE-2041,Adler Werkzeug,119.00,2026-03-02
        L-1002,RE-2042,Blume und Co,59.50,2026-03-02
        L-1003,RE-2043,Cafe Mitte,240.00,2026-03-03
        L-1004,RE-2044,Druck Haus,80.00,2026-03-03
        L-1005,RE-2045,Elektro Nord,300.00,2026-03-03
        L-1006,,Miete Lager,-900.00,2026-03-03
        L-1007,RE-2047,Feinkost Garten,45.90,2026-03-04

        """;

    internal const string Bank = """
        bank_ref,reference,counterparty,amount,value_date
        B-01,RE-2041,ADLER WERKZEUG KG,119.00,2026-03-03
        B-02,RE-2042,BLUME UND CO,59.45,2026-03-03
        B-03,RE-2043,CAFE MITTE,240.00,2026-03-04
        B-04,RE-2045,ELEKTRO NORD,100.00,2026-03-04
        B-05,RE-2045,ELEKTRO NORD,200.00,2026-03-04
        B-06,,LAGERHAUS GMBH,-900.00,2026-03-04
        B-07,,UNBEKANNT,12.00,2026-03-04

        """;
}
