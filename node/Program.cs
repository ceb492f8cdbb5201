Console.WriteLine("Footprint.Grid");
