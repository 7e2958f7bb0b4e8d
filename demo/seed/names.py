"""Names of no real person: first and last names of many origins, joined at random, and invented towns."""

_FIRST_NAMES_TEXT = """
Aaliyah Abena Adaeze Adrian Agnes Ahmed Aiko Alan Alejandra Alicia Amara Amina Amir Ana Anders Andrea Anh Anika
Anton Arjun Asha Astrid Ayesha Beatriz Ben Bianca Bilal Brandon Brigid Bruno Caleb Camila Carla Carlos Carmen
Cecilia Chen Chidi Chloe Clara Colin Connor Cyrus Dalia Daniel Darnell David Deepa Denise Derek Devon Diego
Dmitri Dolores Edith Eduardo Elena Eli Elif Emeka Emil Emma Ernesto Esther Ethan Eva Fatima Felix Fiona Frances
Gabriel Gloria Grace Greta Guadalupe Hana Hannah Harriet Hassan Hector Helen Henry Hiro Huda Ian Ibrahim Ida
Imani Ines Ingrid Irene Isaac Isabel Ivan Jada Jamal James Jan Jasmine Javier Jin Joan Joel Jonas Jorge Joseph
Joy Juan Judith Julia Kaito Karim Karl Katya Keisha Kenji Kiran Kofi Kwame Lars Latoya Laura Leila Leo Liam Ling
Lorenzo Lucia Luis Luz Lydia Magnus Mai Malik Marco Margaret Maria Marisol Marta Mateo Maya Mei Miguel Mina
Miriam Moses Nadia Naomi Nasra Nia Nikolai Nina Noor Nora Nyla Obi Olga Olivia Omar Oscar Pablo Paloma Patrick
Paul Pedro Petra Priya Quinn Rafael Raj Ramona Rania Ravi Rebecca Reza Rhea Ricardo Rosa Ruth Sadia Sam Samir
Sana Sandra Santiago Sara Saul Sean Selma Shreya Silvia Simon Sofia Soren Stella Sunil Tala Tamika Tara Tariq
Teresa Theo Thuy Tomas Trevor Tyrone Uma Valeria Vera Victor Vikram Wanda Wei Wendy Xavier Ximena Yael Yara
Yasmin Yolanda Yusuf Zainab Zara Zoe
"""
_LAST_NAMES_TEXT = """
Abbott Abdi Acosta Adeyemi Aguilar Ahmadi Alvarado Andersen Appiah Arroyo Asante Bailey Bajwa Banerjee Barnes
Becker Bello Benitez Bergstrom Bhatt Boateng Brandt Brennan Bui Burke Cabrera Calloway Campos Castillo Chan
Chaudhry Chavez Choi Clarke Cohen Contreras Cooper Cruz Dang Das Delgado Desai Diallo Diaz Dixon Donovan Duarte
Eaton Ekström Ellis Eriksen Escobar Espinoza Farah Farrell Fischer Flores Foster Francis Friedman Fuentes
Gallagher Garza Ghosh Gibson Goldberg Gomez Greene Grant Guerrero Gupta Haddad Hale Hamid Hansen Harper Hashimi
Hayes Herrera Hoang Holm Horvat Huang Hughes Hussein Ibarra Ito Iyer Jackson Jain Jansen Jimenez Johansson Joshi
Kamara Kang Kaplan Kaur Keller Khalil Khoury Kim Kimura Kowalski Kozlov Kumar Lam Larsen Lee Levin Lin Lindqvist
Lopez Lozano Luna Maalouf Malone Mansour Marsh Martin Mbeki Medina Mehta Mendez Mensah Meyer Mikkelsen Molina
Montoya Morales Moreno Morris Mwangi Nakamura Navarro Ndiaye Nguyen Nkosi Novak Nunez Obrecht Ochoa Odom Okafor
Oliveira Ortiz Osei Owens Pace Padilla Park Patel Peralta Pereira Petrov Pham Popescu Price Quispe Rahman
Ramirez Rao Reyes Rivas Robles Romano Rosen Rossi Ruiz Russo Saab Salazar Salem Sanders Santos Sato Schmidt Sen
Serrano Shah Sharma Silva Singh Soto Spencer Suarez Svensson Tanaka Tate Thapa Torres Tran Traore Turner Uddin
Underwood Usman Valdez Vance Vargas Vasquez Vega Volkov Vu Walker Wang Ward Weber Weiss Whitfield Wolfe Wong
Wright Yamada Yang Yilmaz Yoon Young Zamora Zhang Ziegler Zimmerman
"""
FIRST_NAMES = tuple(_FIRST_NAMES_TEXT.split())
LAST_NAMES = tuple(_LAST_NAMES_TEXT.split())
TOWNS = (
    "Alderbrook", "Birchmont", "Calder Falls", "Dunmarrow", "Eastwick Shoals", "Fernhollow", "Grayling Point",
    "Harrow Springs", "Inkerman Mills", "Juniper Reach", "Kestrel Bay", "Larkhaven", "Millstead", "Northmere",
    "Oxbow Landing", "Port Ansel", "Quarry Hill", "Redwing Ferry", "Stonewick", "Thornbury Flats",
)  # fmt: skip
